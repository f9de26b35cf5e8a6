/** The CONTEXT of errors in COPY FROM, as PostgreSQL's CopyFromErrorCallback writes it. */
import { PgError, sqlstate } from '@riffq/wire';

/** So many bytes of a line or value are shown. */
const SHOWN_BYTES = 100;

/** The error with this at the end of its `where`. */
export function withContext(error: unknown, where: string): unknown {
  if (!(error instanceof PgError)) return error;
  const { where: within } = error.fields;
  return new PgError({ ...error.fields, where: within === undefined ? where : `${within}\n${where}` });
}

/** A line or value in double quotes, cut to 100 bytes at the end of a character. */
export function shown(bytes: Buffer, start: number, end: number): string {
  if (end - start <= SHOWN_BYTES) return `"${bytes.toString('utf8', start, end)}"`;
  let cut = start + SHOWN_BYTES;
  while (cut > start && (bytes[cut]! & 0xc0) === 0x80) cut--;
  return `"${bytes.toString('utf8', start, cut)}..."`;
}

/** 22P04, the code of everything that is wrong with the data's form. */
export function badFormat(message: string, extra: { readonly hint?: string; readonly detail?: string } = {}): PgError {
  return new PgError({ sqlstate: sqlstate.bad_copy_file_format, message, ...extra });
}
