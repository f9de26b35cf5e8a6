// A field with what ends it: quoted, with quotes doubled, or plain.
const field = /(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n|$)/g;

/** Reads comma separated values as psql writes them: one line for each row, ended by a line feed. */
export function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [whole, quoted, plain = '', end] of text.matchAll(field)) {
    if (whole === '') {
      break;
    }
    row.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === '\n') {
      rows.push(row);
      row = [];
    }
  }
  return rows;
}
