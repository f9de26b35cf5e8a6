import { isPgError } from '@riffq/wire';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RawCopyOption } from '../../src/copy/options/copy-options.js';
import { resolveCopyOptions } from '../../src/copy/options/resolve-copy-options.js';
import { CopyOracle } from './copy-oracle.js';
import { writeCopyOption } from './encode-copy.js';

const csv: RawCopyOption = { name: 'format', value: 'csv' };
const binary: RawCopyOption = { name: 'format', value: 'binary' };
const columns = (name: string, ...names: string[]): RawCopyOption => ({ name, value: { columns: names } });
const all = (name: string): RawCopyOption => ({ name, value: { columns: '*' } });
const option = (name: string, value?: string | number): RawCopyOption =>
  value === undefined ? { name } : { name, value };

/** Lists of options, good and bad; every one is tried in both directions. */
const lists: readonly (readonly RawCopyOption[])[] = [
  [],
  [csv],
  [binary],
  [option('format', 'parquet')],
  [option('format', 'CSV')],
  [option('format')],
  [option('colour', 'red')],
  [csv, csv],
  [option('header', 'true'), option('header', 'true')],
  [option('freeze')],
  [option('freeze', 'maybe')],
  [option('freeze', 1)],
  [option('freeze', 2)],
  ...['true', 'off', 'match', 'MATCH', 'yes', 'perhaps', 0, 1, 2].map((value) => [option('header', value)]),
  [option('header')],
  [csv, option('header', 'match')],
  ...[';', '|', '', 'ab', 'é', '\\', '.', 'a', '0', 'A', '\n', '\r', '\b'].flatMap((value) => [
    [option('delimiter', value)],
    [csv, option('delimiter', value)],
  ]),
  [option('delimiter')],
  ...['', 'NULL', 'a\tb', 'a,b', 'a"b', 'a\nb', '\r', 'é'].flatMap((value) => [
    [option('null', value)],
    [csv, option('null', value)],
    [option('default', value)],
    [csv, option('default', value)],
  ]),
  [option('default', '\\N')],
  [csv, option('default', 'x'), option('null', 'x')],
  ...['"', "'", ',', '', 'ab', 'é', '\\'].flatMap((value) => [
    [csv, option('quote', value)],
    [csv, option('escape', value)],
    [option('quote', value)],
    [option('escape', value)],
    [binary, option('quote', value)],
  ]),
  [binary, option('delimiter', ',')],
  [binary, option('delimiter', 'ab')],
  [binary, option('null', '')],
  [binary, option('default', '')],
  [binary, option('header')],
  [binary, option('header', 'false')],
  [binary, option('escape', '"')],
  [binary, columns('force_quote', 'a')],
  ...['force_quote', 'force_not_null', 'force_null'].flatMap((name) => [
    [columns(name, 'a')],
    [csv, columns(name, 'a')],
    [csv, all(name)],
    [csv, option(name, 'a')],
    [csv, option(name)],
    [csv, all(name), all(name)],
  ]),
  ...['stop', 'IGNORE', 'skip'].map((value) => [option('on_error', value)]),
  [option('on_error')],
  [binary, option('on_error', 'ignore')],
  ...['silent', 'VERBOSE', 'loud'].map((value) => [option('log_verbosity', value)]),
  [option('log_verbosity')],
  ...[1, 0, -1, '5', 'x'].flatMap((value) => [
    [option('reject_limit', value)],
    [option('on_error', 'ignore'), option('reject_limit', value)],
  ]),
  [option('reject_limit')],
  ...['utf8', 'UTF-8', 'unicode', 'SQL_ASCII', 'utf9', 'latin11', 'iso8859-11', 'win1259', '', 'UTF8MB4'].map(
    (value) => [option('encoding', value)],
  ),
  [option('encoding', 'no such'), option('format', 'parquet')],
  [option('encoding', 'latin1'), option('encoding', 'latin1')],
  [option('encoding', 'latin1'), option('format', 'parquet')],
  [option('encoding', 'latin1'), option('quote', '"')],
  [option('encoding', 'latin1'), binary, option('delimiter', ',')],
  [option('encoding')],
  [csv, option('freeze'), option('default', 'x'), columns('force_null', 'a')],
];

/** The statement, and the options with the places they have in it. */
function statement(direction: 'from' | 'to', list: readonly RawCopyOption[]): [string, RawCopyOption[]] {
  let sql = `COPY copy_options ${direction === 'from' ? 'FROM STDIN' : 'TO STDOUT'}`;
  const placed = list.map((raw, index) => {
    sql += index === 0 ? ' WITH (' : ', ';
    const position = sql.length + 1;
    sql += writeCopyOption(raw);
    return { ...raw, position };
  });
  return [list.length === 0 ? sql : `${sql})`, placed];
}

function ourError(direction: 'from' | 'to', list: readonly RawCopyOption[]): unknown {
  try {
    resolveCopyOptions(list, direction);
  } catch (error) {
    if (!isPgError(error)) throw error;
    return { sqlstate: error.sqlstate, message: error.message, where: undefined, position: error.fields.position };
  }
  return undefined;
}

describe('the options of COPY', () => {
  let oracle: CopyOracle;
  beforeAll(async () => {
    oracle = await CopyOracle.open();
    await oracle.run('CREATE TEMPORARY TABLE copy_options (a text, b text)');
  });
  afterAll(() => oracle[Symbol.asyncDispose]());

  for (const direction of ['from', 'to'] as const) {
    test(`are taken and refused as PostgreSQL does in COPY ${direction.toUpperCase()}`, async () => {
      const ours: unknown[] = [];
      const theirs: unknown[] = [];
      for (const list of lists) {
        const [sql, placed] = statement(direction, list);
        const { error } = await oracle.run(sql);
        // The options were good: there was no data, or FREEZE found that the table is not a new one.
        const foreign = error?.sqlstate === '22P04' || error?.sqlstate === '55000';
        ours.push({ sql, error: ourError(direction, placed) });
        theirs.push({ sql, error: foreign ? undefined : error });
      }
      expect(ours).toEqual(theirs);
    });
  }

  test('have the defaults of their format', () => {
    expect(resolveCopyOptions([], 'to')).toMatchObject({ format: 'text', delimiter: '\t', null: '\\N', header: false });
    expect(resolveCopyOptions([csv, option('quote', "'")], 'from')).toMatchObject({
      delimiter: ',',
      null: '',
      quote: "'",
      escape: "'",
      onError: 'stop',
      rejectLimit: 0,
    });
  });

  test('in another encoding are refused, for all data is UTF-8', () => {
    expect(() => resolveCopyOptions([option('encoding', 'latin1')], 'from')).toThrow(
      expect.objectContaining({ sqlstate: '0A000', message: 'COPY in the encoding "latin1" is not supported' }),
    );
  });
});
