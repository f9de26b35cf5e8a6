import type { BufferReader } from '../buffer-reader.js';

/** What Close and Describe are about: a statement (`S`, from Parse) or a portal (`P`, from Bind). */
export type TargetKind = 'statement' | 'portal';

/** Reads the byte that tells; `verb` is for the error, in PostgreSQL's words. @throws PgError 08P01 for another byte */
export function decodeTargetKind(reader: BufferReader, verb: 'CLOSE' | 'DESCRIBE'): TargetKind {
  const code = reader.byte();
  if (code === 0x53) return 'statement';
  if (code === 0x50) return 'portal';
  throw reader.violation(`invalid ${verb} message subtype ${code}`);
}
