import type { ReferentialAction } from '../database-content.js';
import type { CheckDescription, ForeignKeyDescription, IndexDescription, KeyDescription } from './descriptions.js';
import { type RowField, RowReader } from './row-reader.js';

const referentialActions: readonly ReferentialAction[] = ['noAction', 'restrict', 'cascade', 'setNull', 'setDefault'];

/** Reads a primary key or unique constraint; a list of names is its columns. */
export function readKey(row: unknown, method: string, within: RowField): KeyDescription {
  const reader = columnsReader(row, method, within);
  return { ...readNamed(reader), columns: reader.names('columns'), indexOid: reader.optionalOid('indexOid') };
}

/** Reads an index; a list of names is its columns. */
export function readIndex(row: unknown, method: string): IndexDescription {
  const reader = columnsReader(row, method, { name: 'indexes', expected: 'made of lists of names or objects' });
  return { ...readNamed(reader), columns: reader.names('columns'), unique: reader.optionalFlag('unique') ?? false };
}

/** Reads a check constraint; a text is its condition. */
export function readCheck(row: unknown, method: string): CheckDescription {
  const reader = new RowReader(typeof row === 'string' ? { expression: row } : row, method, {
    name: 'checks',
    expected: 'made of texts or objects',
  });
  return {
    ...readNamed(reader),
    columns: reader.optionalNames('columns'),
    expression: reader.text('expression'),
  };
}

/** Reads a foreign key. */
export function readForeignKey(row: unknown, method: string): ForeignKeyDescription {
  const reader = new RowReader(row, method, { name: 'foreignKeys', expected: 'made of objects' });
  const referenced = new RowReader(reader.value('references'), method, { name: 'references', expected: 'an object' });
  return {
    ...readNamed(reader),
    columns: reader.names('columns'),
    referencedSchema: referenced.optionalText('schema'),
    referencedRelation: referenced.text('relation'),
    referencedColumns: referenced.optionalNames('columns'),
    onDelete: reader.optionalWord('onDelete', referentialActions) ?? 'noAction',
    onUpdate: reader.optionalWord('onUpdate', referentialActions) ?? 'noAction',
  };
}

function columnsReader(row: unknown, method: string, within: RowField): RowReader {
  return new RowReader(Array.isArray(row) ? { columns: row } : row, method, within);
}

function readNamed(reader: RowReader): Pick<KeyDescription, 'oid' | 'name' | 'comment'> {
  return {
    oid: reader.optionalOid('oid'),
    name: reader.optionalText('name'),
    comment: reader.optionalText('comment') ?? null,
  };
}
