/** An element of DER, in which certificates are written: a tag, and a content of so many bytes. */
export interface DerElement {
  readonly tag: number;
  readonly content: Uint8Array;
  /** Tag, length and content. */
  readonly length: number;
}

/**
 * Reads the element at the beginning of bytes that OpenSSL has read before.
 * https://www.itu.int/rec/T-REC-X.690
 */
export function readElement(bytes: Uint8Array): DerElement {
  const [tag = 0, first = 0] = bytes;
  // From 128 on, the length takes as many bytes as the rest of its first byte says.
  const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
  const size = bytes
    .subarray(2, 2 + lengthBytes)
    .reduce((sum, byte) => sum * 256 + byte, lengthBytes === 0 ? first : 0);
  const start = 2 + lengthBytes;
  return { tag, content: bytes.subarray(start, start + size), length: start + size };
}

/** The elements that a constructed one consists of. */
export function elementsOf(content: Uint8Array): readonly DerElement[] {
  const elements: DerElement[] = [];
  for (let rest = content; rest.length > 0; ) {
    const element = readElement(rest);
    elements.push(element);
    rest = rest.subarray(element.length);
  }
  return elements;
}

/** Writes an element. */
export function derElement(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(contents);
  if (content.length < 0x80) return Buffer.concat([Buffer.of(tag, content.length), content]);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(content.length);
  return Buffer.concat([Buffer.of(tag, 0x82), length, content]);
}
