/** Builds the bytes that tests expect or feed in, apart from the code under test. */

const utf8 = new TextEncoder();

type Part = Uint8Array | string;

/** The parts one after the other, text as UTF-8. */
export function bytes(...parts: readonly Part[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...(typeof part === 'string' ? utf8.encode(part) : part)]));
}

export function byte(value: number): Uint8Array {
  return Uint8Array.of(value);
}

export function int16(value: number): Uint8Array {
  const part = new Uint8Array(2);
  new DataView(part.buffer).setInt16(0, value);
  return part;
}

export function int32(value: number): Uint8Array {
  const part = new Uint8Array(4);
  new DataView(part.buffer).setInt32(0, value);
  return part;
}

/** Text and its NUL. */
export function cstring(text: string): Uint8Array {
  return bytes(text, byte(0));
}

/** A length and that many bytes. */
export function sized(...parts: readonly Part[]): Uint8Array {
  const content = bytes(...parts);
  return bytes(int32(content.length), content);
}

/** A message: its type, a length that counts itself, the body. */
export function message(type: string, ...parts: readonly Part[]): Uint8Array {
  return bytes(type, packet(...parts));
}

/** A start-up packet: a message without a type. */
export function packet(...parts: readonly Part[]): Uint8Array {
  const body = bytes(...parts);
  return bytes(int32(body.length + 4), body);
}
