import { describe, expect, test } from 'vitest';
import { parseCopyStatement, requireCopySyntax } from '../../src/sql/copy-statement.js';
import { splitStatements } from '../../src/sql/statement.js';

function parse(sql: string) {
  const [statement] = splitStatements(sql);
  if (statement === undefined) throw new Error('nothing to parse');
  const copy = parseCopyStatement(statement);
  // Positions are for messages and have a test of their own.
  if (copy === null) return null;
  // What a COPY reads is shown for those that go out.
  const { sql: _sql, query, ...rest } = copy;
  return {
    ...rest,
    ...(copy.direction === 'out' ? { query } : {}),
    options: copy.options.map(({ position: _, ...option }) => option),
  };
}

const plain = { columns: null, options: [] };

describe('parsing COPY', () => {
  test.each([
    ['COPY t FROM STDIN WITH (FORMAT csv', 'syntax error at end of input', 35],
    ['COPY t TO STDOUT CSV FORCE; SELECT 1', 'syntax error at or near ";"', 27],
    ["SELECT 1; COPY t FROM STDIN ('é' 1)", 'syntax error at or near "\'é\'"', 20],
  ])('%s cannot be read', (sql, message, position) => {
    const statement = [...splitStatements(sql)].find(({ keyword }) => keyword === 'COPY');
    if (statement === undefined) throw new Error('nothing to parse');
    expect(parseCopyStatement(statement)).toBeNull();
    expect(() => requireCopySyntax(statement)).toThrow(
      expect.objectContaining({ fields: expect.objectContaining({ sqlstate: '42601', message, position }) }),
    );
  });

  test.each([
    "COPY t FROM 's3://bucket/key' (FORMAT parquet, unread (a b)",
    'COPY FROM DATABASE a TO b',
    "COPY (FROM t SELECT a, b) TO 'out' (",
    "COPY (SELECT a FROM stdin WHERE (b) TO 'out'",
    'COPY t TO somewhere.else',
  ])('%s is for an engine of another dialect', (sql) => {
    const [statement] = splitStatements(sql);
    if (statement === undefined) throw new Error('nothing to parse');
    expect(parseCopyStatement(statement)).toBeNull();
    expect(() => requireCopySyntax(statement)).not.toThrow();
  });

  test.each([
    ['COPY t FROM STDIN', { ...plain, direction: 'in', table: ['t'] }],
    [
      'copy Shop."Big Orders" (id, "No") from stdin',
      { ...plain, direction: 'in', table: ['shop', 'Big Orders'], columns: ['id', 'No'] },
    ],
    ['COPY t TO STDOUT', { ...plain, direction: 'out', table: ['t'], query: 'SELECT * FROM "t"' }],
    [
      'COPY t (a, b) TO STDOUT',
      { ...plain, direction: 'out', table: ['t'], columns: ['a', 'b'], query: 'SELECT "a", "b" FROM "t"' },
    ],
    [
      "COPY (SELECT ')' AS a, (1) b) TO STDOUT",
      { ...plain, direction: 'out', table: null, query: "SELECT ')' AS a, (1) b" },
    ],
    [
      "COPY t FROM STDIN WITH (FORMAT csv, HEADER, DELIMITER ';', NULL '', FORCE_NULL (a, b), FORCE_QUOTE *, REJECT_LIMIT 5)",
      {
        ...plain,
        direction: 'in',
        table: ['t'],
        options: [
          { name: 'format', value: 'csv' },
          { name: 'header' },
          { name: 'delimiter', value: ';' },
          { name: 'null', value: '' },
          { name: 'force_null', value: { columns: ['a', 'b'] } },
          { name: 'force_quote', value: { columns: '*' } },
          { name: 'reject_limit', value: 5 },
        ],
      },
    ],
    [
      "COPY t FROM STDIN WITH CSV HEADER DELIMITER AS E'\\t' FORCE NOT NULL a, b",
      {
        ...plain,
        direction: 'in',
        table: ['t'],
        options: [
          { name: 'format', value: 'csv' },
          { name: 'header', value: true },
          { name: 'delimiter', value: '\t' },
          { name: 'force_not_null', value: { columns: ['a', 'b'] } },
        ],
      },
    ],
    [
      'COPY BINARY t TO STDOUT',
      {
        ...plain,
        direction: 'out',
        table: ['t'],
        query: 'SELECT * FROM "t"',
        options: [{ name: 'format', value: 'binary' }],
      },
    ],
    ["COPY t FROM '/a/file.csv'", null],
    ["COPY t TO PROGRAM 'cat'", null],
    ["COPY (SELECT 1) TO 'file.parquet' (FORMAT parquet)", null],
    ['SELECT 1', null],
  ])('%s', (sql, expected) => {
    expect(parse(sql)).toEqual(expected && { hasCondition: false, ...expected });
  });

  test('says where each option stands', () => {
    const [statement] = splitStatements("COPY t FROM STDIN (FORMAT csv, QUOTE '')");
    expect(statement && parseCopyStatement(statement)?.options.map((option) => option.position)).toEqual([20, 32]);
  });

  test('sees that COPY FROM has a condition', () => {
    expect(parse('COPY t FROM STDIN WHERE a > 1')).toMatchObject({ direction: 'in', hasCondition: true });
  });
});
