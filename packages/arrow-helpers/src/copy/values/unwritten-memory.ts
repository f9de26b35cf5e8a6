/** Memory that is not filled with zeros: for buffers of which every row is written, NULL or not, before anybody sees it. */
export function unwrittenMemory(bytes: number): ArrayBufferLike {
  return Buffer.allocUnsafeSlow(bytes).buffer;
}
