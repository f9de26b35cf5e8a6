import type { Dialect } from './behaviour.js';

/** A type that results and parameters have, with texts of values; the casts of both servers take all of them. */
export interface TypeCase {
  readonly name: string;
  /** The parameter's type, as `Parameter` has it. */
  readonly type: string;
  readonly values: readonly string[];
  /** SQL that makes a value of an expression that is one of `values`. */
  fromText(expression: string, dialect: Dialect): string;
  /** SQL of a value that the client sends as `$1`. */
  readonly parameter: string;
}

const dates = ['2024-02-29', '1969-12-31', '2000-01-01', '0001-01-01', '9999-12-31'];
const times = ['00:00:00', '12:34:56.789', '23:59:59.999999'];
const timestamps = [
  '2024-02-29 12:34:56.789012',
  '1969-12-31 23:59:59.999999',
  '2000-01-01 00:00:00',
  '0001-01-01 00:00:00',
  '9999-12-31 23:59:59.5',
];

/** Every type that the clients are tried with. */
export const typeCases: readonly TypeCase[] = [
  cast('int2', 'SMALLINT', ['0', '1', '-1', '32767', '-32768']),
  cast('int4', 'INTEGER', ['0', '1', '-1', '2147483647', '-2147483648']),
  cast('int8', 'BIGINT', ['0', '-1', '9007199254740993', '9223372036854775807', '-9223372036854775808']),
  cast('float4', 'REAL', ['0', '-0', '0.1', '1.5', '-3.4028235e38', '1.1754944e-38', 'NaN', 'Infinity', '-Infinity']),
  cast('float8', 'DOUBLE PRECISION', [
    '0',
    '-0',
    '0.1',
    '1e22',
    '1e-7',
    '123456789012345680',
    '1.7976931348623157e308',
    '5e-324',
    'NaN',
    'Infinity',
    '-Infinity',
  ]),
  cast('numeric', 'NUMERIC(10, 2)', ['0', '0.01', '-0.50', '100', '12345678.90', '-99999999.99']),
  cast('numeric', 'NUMERIC(38, 10)', ['0', '0.0000000001', '-1234567890123456789012345678.0123456789']),
  cast('bool', 'BOOLEAN', ['true', 'false']),
  cast('varchar', 'VARCHAR', [
    '',
    'a',
    'naïve 日本 🦆',
    `"quoted", 'quoted', \\back\\slash`,
    'two\nlines\tand a tab',
    'x'.repeat(10_000),
  ]),
  {
    name: 'bytea',
    type: 'bytea',
    values: ['', '00', '00ff5c27220a', 'ab'.repeat(5000)],
    fromText: (expression, dialect) =>
      dialect === 'duckdb' ? `from_hex(${expression})` : `decode(${expression}, 'hex')`,
    parameter: 'CAST($1 AS BYTEA)',
  },
  cast('date', 'DATE', dates),
  cast('time', 'TIME', times),
  cast('timestamp', 'TIMESTAMP', timestamps),
  cast('timestamptz', 'TIMESTAMP WITH TIME ZONE', [
    ...timestamps.map((text) => `${text}+00:00`),
    '2024-02-29 12:34:56+05:30',
    '2024-02-29 12:34:56.000001-08:00',
  ]),
];

/** A query of one row for each value of a type and one of NULL, in order. */
export function valuesOf({ values, fromText }: TypeCase, dialect: Dialect): string {
  const rows = [...values.map(quoted), 'NULL'].map((value, index) => `(${index}, ${value})`);
  return `SELECT ${fromText('v', dialect)} AS value FROM (VALUES ${rows.join(', ')}) AS listed (n, v) ORDER BY n`;
}

/** A query of all values of all types: a column for each, ended by NULLs. */
export function valuesOfEveryType(dialect: Dialect): string {
  const length = Math.max(...typeCases.map(({ values }) => values.length)) + 1;
  const rows = Array.from({ length }, (_, row) => {
    const values = typeCases
      .map(({ values }) => values[row])
      .map((text) => (text === undefined ? 'NULL' : quoted(text)));
    return `(${[row, ...values].join(', ')})`;
  });
  const names = typeCases.map((_, index) => `v${index}`);
  const columns = typeCases.map(({ fromText }, index) => `${fromText(`v${index}`, dialect)} AS c${index}`);
  const listed = `(VALUES ${rows.join(', ')}) AS listed (${['n', ...names].join(', ')})`;
  return `SELECT ${['n', ...columns].join(', ')} FROM ${listed} ORDER BY n`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function cast(type: string, sqlType: string, values: readonly string[]): TypeCase {
  const name = type === 'numeric' ? sqlType.toLowerCase() : type;
  const fromText = (expression: string) => `CAST(${expression} AS ${sqlType})`;
  return { name, type, values, fromText, parameter: fromText('$1') };
}
