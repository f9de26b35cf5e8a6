/**
 * Takes out of a trace what may differ between two PostgreSQL servers that behave alike, and nothing else: process ids and
 * secret keys, the place in the source code that an error names, OIDs that are not built in, and the server's version.
 * Length words are reduced by what was taken out. The trace is one of `traceBackend` and `traceFrontend` of
 * `@riffq/wire`, or of a raw client.
 *
 * @example
 * ```ts
 * expect(normaliseTrace(ours.trace())).toBe(normaliseTrace(theirs.trace()));
 * ```
 */
export function normaliseTrace(trace: string): string {
  // Texts may contain line ends: a message is what begins with direction and length.
  return trace
    .split(/^(?=[FB]\t\d+\t)/m)
    .map((message) => {
      const [, direction, length, name = '', fields = ''] = /^([FB])\t(\d+)\t([^\t\n]*)(.*)$/s.exec(message) ?? [];
      const normalise = normalisers.get(name);
      if (normalise === undefined) return message;
      const [normalised, taken = 0] = normalise(fields);
      return `${direction}\t${Number(length) - taken}\t${name}${normalised}`;
    })
    .join('');
}

/** Makes of a message's fields what they are after the change; also gives how many bytes of the message were taken out. */
type Normaliser = (fields: string) => readonly [fields: string, taken?: number];

const normalisers: ReadonlyMap<string, Normaliser> = new Map<string, Normaliser>([
  ['BackendKeyData', (fields) => [fields.replace(/^\t -?\d+ -?\d+(?: '.*')?/, '\t * *')]],
  ['CancelRequest', (fields) => [fields.replace(/^(\t \d+ \d+) -?\d+ -?\d+(?: '.*')?/, '$1 * *')]],
  ['ErrorResponse', withoutPlace],
  ['NoticeResponse', withoutPlace],
  ['NotificationResponse', (fields) => [fields.replace(/^\t -?\d+/, '\t *')]],
  ['ParameterDescription', (fields) => [fields.replace(/(?<=\d )-?\d+/g, builtIn)]],
  ['ParameterStatus', withoutVersion],
  ['Parse', (fields) => [fields.replace(/(?<=" \d+)(?: -?\d+)+(?=\n)/, (oids) => oids.replace(/-?\d+/g, builtIn))]],
  ['RowDescription', (fields) => [fields.replace(column, columnOfBuiltIn)]],
]);

/** Behind a column's name: its table's OID, its number, its type's OID; then size, modifier and format. */
const column = /(?<=") (-?\d+) (\d+) (-?\d+)(?= \d+ -?\d+ \d+(?: "|\n))/g;

function columnOfBuiltIn(_: string, table: string, number: string, type: string): string {
  return ` ${builtIn(table)} ${number} ${builtIn(type)}`;
}

/** Traces show OIDs as signed numbers. https://www.postgresql.org/docs/18/system-catalog-initial-data.html */
function builtIn(oid: string): string {
  return Number(oid) >>> 0 < 16_384 ? oid : '*';
}

function withoutPlace(fields: string): readonly [string, number] {
  let taken = 0;
  const left = fields.replace(/(?: [FLR] "[^"]*")+(?= \\x00\n)/, (place) => {
    const texts = Array.from(place.matchAll(/ [FLR] "([^"]*)"/g), ([, text = '']) => Buffer.byteLength(text));
    // A letter before it and a NUL behind it.
    taken = texts.reduce((sum, length) => sum + length + 2, 0);
    return '';
  });
  return [left, taken];
}

function withoutVersion(fields: string): readonly [string, number] {
  const version = /^\t "server_version" "(.*)"\n$/s.exec(fields)?.[1];
  return version === undefined ? [fields, 0] : ['\t "server_version" *\n', Buffer.byteLength(version)];
}
