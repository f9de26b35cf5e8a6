import type { ParameterValue } from '../query-context.js';
import { WordReader } from './word-reader.js';
import { stringValue, wordsOf } from './words.js';

/** An argument of a call: what it is, or the number of the parameter that it will be. */
export type CallArgument = { readonly value: string | null } | { readonly parameter: number };

/** A SELECT of nothing but one call: `SELECT pg_notify('channel', $1)`. */
export interface LoneCall {
  readonly name: string;
  readonly args: readonly CallArgument[];
  /** What the column is called. */
  readonly column: string;
}

/** Reads such a statement; undefined when it is anything else. */
export function parseLoneCall(sql: string): LoneCall | undefined {
  const words = new WordReader(wordsOf(sql));
  if (!words.take('SELECT')) return undefined;
  const names = words.takeQualifiedName();
  const name = names?.at(-1);
  if (name === undefined || (names?.length === 2 && names[0] !== 'pg_catalog') || !words.takeSymbol('('))
    return undefined;
  const args: CallArgument[] = [];
  while (!words.takeSymbol(')')) {
    if (args.length > 0 && !words.takeSymbol(',')) return undefined;
    const argument = takeArgument(words);
    if (argument === undefined) return undefined;
    args.push(argument);
  }
  const column = words.take('AS') ? words.takeName() : name;
  return column === undefined || !words.done ? undefined : { name, args, column };
}

/** A constant or parameter, with a cast or without. */
function takeArgument(words: WordReader): CallArgument | undefined {
  const argument = readArgument(words);
  while (argument !== undefined && words.takeSymbol(':')) {
    if (!words.takeSymbol(':') || words.takeQualifiedName() === undefined) return undefined;
  }
  return argument;
}

function readArgument(words: WordReader): CallArgument | undefined {
  const { word } = words;
  if (word?.keyword === 'NULL') {
    words.skip();
    return { value: null };
  }
  if (word?.kind === 'string' && !/^[bx]/i.test(word.text)) {
    words.skip();
    return { value: stringValue(word.text) };
  }
  if (word?.kind === 'parameter') {
    words.skip();
    return { parameter: Number(word.text.slice(1)) };
  }
  const integer = words.takeInteger();
  return integer === undefined ? undefined : { value: String(integer) };
}

/** The values of a call's arguments, as text; undefined when one has none. */
export function argumentValues(
  { args }: LoneCall,
  parameters: readonly ParameterValue[],
): readonly (string | null)[] | undefined {
  const values = args.map((argument) =>
    'value' in argument ? argument.value : textOf(parameters[argument.parameter - 1]),
  );
  const known = values.filter((value) => value !== undefined);
  return known.length === values.length ? known : undefined;
}

function textOf(value: ParameterValue | undefined): string | null | undefined {
  if (value === null || typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'bigint' ? String(value) : undefined;
}
