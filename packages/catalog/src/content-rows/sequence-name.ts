/** A sequence as the default of a column names it; without a schema it is one that the search path finds. */
export interface SequenceName {
  readonly schema: string | undefined;
  readonly name: string;
}

const call = /\bnextval\s*\(\s*'((?:[^']|'')+)'/i;
const part = /"((?:[^"]|"")+)"|([^".]+)/g;

/** The sequence that an expression takes its next value from, as in `nextval('shop.orders_id_seq'::regclass)`. */
export function sequenceName(expression: string): SequenceName | undefined {
  const text = call.exec(expression)?.[1]?.replaceAll("''", "'");
  if (text === undefined) return undefined;
  const parts = [...text.matchAll(part)].map(
    ([, quoted, word = '']) => quoted?.replaceAll('""', '"') ?? word.toLowerCase(),
  );
  const name = parts.at(-1);
  return name === undefined ? undefined : { schema: parts.at(-2), name };
}
