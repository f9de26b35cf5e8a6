/** Writes characters of one byte each, and returns the position after them. */
export function writeAscii(target: Uint8Array, position: number, text: string): number {
  for (let at = 0; at < text.length; at++) target[position + at] = text.charCodeAt(at);
  return position + text.length;
}
