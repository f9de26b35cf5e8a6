export function formatIpv4(address: Uint8Array): string {
  return address.join('.');
}

/** RFC 5952, with IPv4 addresses that are embedded in IPv6 ones written with dots, as PostgreSQL does. */
export function formatIpv6(address: Uint8Array): string {
  const words = Array.from({ length: 8 }, (_, index) => (address[2 * index]! << 8) | address[2 * index + 1]!);
  const zeros = longestZeros(words);
  if (zeros.start === 0 && embedsIpv4(words, zeros.length)) {
    const mapped = zeros.length === 5 ? 'ffff:' : '';
    return `::${mapped}${formatIpv4(address.subarray(12))}`;
  }
  const hex = words.map((word) => word.toString(16));
  if (zeros.length < 2) return hex.join(':');
  return `${hex.slice(0, zeros.start).join(':')}::${hex.slice(zeros.start + zeros.length).join(':')}`;
}

function embedsIpv4(words: readonly number[], zeros: number): boolean {
  return zeros === 6 || (zeros === 5 && words[5] === 0xffff);
}

/** The first of the longest runs. */
function longestZeros(words: readonly number[]): { readonly start: number; readonly length: number } {
  let longest = { start: 0, length: 0 };
  let length = 0;
  for (const [index, word] of words.entries()) {
    length = word === 0 ? length + 1 : 0;
    if (length > longest.length) longest = { start: index - length + 1, length };
  }
  return longest;
}
