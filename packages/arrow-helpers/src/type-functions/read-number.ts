import type { BufferReader } from '@riffq/wire';

/** A single byte. PostgreSQL has words of its own for when there is none, in types that are read byte by byte. */
export function readByte(reader: BufferReader): number {
  if (reader.remaining === 0) throw reader.violation('no data left in message');
  return reader.byte();
}

/** A signed 16-bit number. */
export function readInt16(reader: BufferReader): number {
  return (reader.uint16() << 16) >> 16;
}

/** A signed 64-bit number. */
export function readInt64(reader: BufferReader): bigint {
  return view(reader, 8).getBigInt64(0);
}

/** An unsigned 64-bit number. */
export function readUint64(reader: BufferReader): bigint {
  return view(reader, 8).getBigUint64(0);
}

/** An IEEE 754 number of 32 bits. */
export function readFloat32(reader: BufferReader): number {
  return view(reader, 4).getFloat32(0);
}

/** An IEEE 754 number of 64 bits. */
export function readFloat64(reader: BufferReader): number {
  return view(reader, 8).getFloat64(0);
}

function view(reader: BufferReader, length: number): DataView {
  const bytes = reader.bytes(length);
  return new DataView(bytes.buffer, bytes.byteOffset, length);
}
