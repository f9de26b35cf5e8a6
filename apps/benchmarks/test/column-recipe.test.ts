import { RowEncoder } from '@riffq/arrow-helpers';
import pg from 'pg';
import { expect, inject, test } from 'vitest';
import { createTableStatement, isTableName, schemaOf, syntheticBatch, tables } from '../src/synthetic-table.js';

const rows = 50;
const names = Object.keys(tables).filter(isTableName);

test.each(names)('the rows of %s are the same here and in PostgreSQL', async (name) => {
  const table = tables[name];
  const client = new pg.Client({
    ...inject('oracle'),
    types: { getTypeParser: () => (text: string | Buffer) => text },
  });
  await client.connect();
  try {
    await client.query("SET datestyle TO ISO; SET timezone TO 'UTC'");
    await client.query(createTableStatement(`pg_temp.${name}`, table, rows));
    const theirs = await client.query({ text: `SELECT * FROM ${name}`, rowMode: 'array' });
    expect(textRows(table)).toEqual(theirs.rows);
  } finally {
    await client.end();
  }
});

/** The DataRows of the table's first rows, taken apart. */
function textRows(table: (typeof tables)[(typeof names)[number]]): (string | null)[][] {
  const schema = schemaOf(table);
  const encoder = new RowEncoder(
    schema,
    schema.fields.map(() => 'text' as const),
  );
  encoder.setBatch(syntheticBatch(table, schema, 0, rows));
  const bytes = Buffer.alloc(4 << 20);
  const end = encoder.encode(bytes, 0, rows);
  const found: (string | null)[][] = [];
  for (let at = 0; at < end; at += 1 + bytes.readUInt32BE(at + 1)) {
    let field = at + 7;
    found.push(
      schema.fields.map(() => {
        const length = bytes.readInt32BE(field);
        const start = field + 4;
        field = start + Math.max(0, length);
        return length < 0 ? null : bytes.toString('utf8', start, field);
      }),
    );
  }
  return found;
}
