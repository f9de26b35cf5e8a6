import { isPgError, PgError, sqlstate } from '@riffq/wire';
import type { DataType } from 'apache-arrow';
import { Field, Schema } from 'apache-arrow/schema';
import type { CellType } from './cell-type.js';
import { cellsOfField, cellsOfType } from './cells-of-type.js';
import { invalidInput } from './invalid-input.js';
import { namedType } from './named-type.js';

/** A column of plain rows: how it is called, and how its cells are built. */
export interface Column {
  readonly name: string;
  /** As the caller wrote it. */
  readonly type: string;
  readonly cells: CellType;
  /** The field of an Arrow schema that the caller gave. */
  readonly field?: Field;
}

/**
 * The columns that the caller describes.
 *
 * @throws PgError 22023 for what is no description, 42704 and 42601 for a type that there is not, 0A000 for one that cannot be built
 */
export function columnsOf(description: unknown): readonly Column[] {
  if (isSchema(description)) {
    return description.fields.map((field) => {
      return { name: field.name, type: String(field.type), cells: cellsOfField(field), field };
    });
  }
  if (Array.isArray(description)) return description.map(columnOf);
  throw invalidInput('the schema must be an array of { name, type } or an Arrow schema');
}

/** The Arrow schema of columns. */
export function schemaOf(columns: readonly Column[]): Schema {
  return new Schema(
    columns.map(({ name, cells: { arrowType, metadata }, field }) => {
      const known = field?.metadata ?? metadata;
      return new Field(name, arrowType, field?.nullable ?? true, known === undefined ? undefined : new Map(known));
    }),
  );
}

function columnOf(column: { readonly name?: unknown; readonly type?: unknown } | null, index: number): Column {
  const name = column?.name;
  if (typeof name !== 'string') throw invalidInput(`column ${index + 1} of the schema has no name`);
  const type = column?.type;
  if (isType(type)) return { name, type: String(type), cells: cellsOfType(type) };
  if (typeof type !== 'string') throw invalidInput(`column "${name}" of the schema has no type`);
  const cells = cellsCalled(name, type);
  if (cells !== undefined) return { name, type, cells };
  throw new PgError({
    sqlstate: sqlstate.invalid_parameter_value,
    message: `column "${name}" has the unknown type "${type}"`,
    hint: 'The types are int, float, bool, str, string, date, datetime, and those of PostgreSQL and Arrow by their names.',
  });
}

/** @throws PgError naming the column, for a name that cannot be read or a type that cannot be made of it */
function cellsCalled(column: string, type: string): CellType | undefined {
  try {
    return namedType(type);
  } catch (error) {
    if (!isPgError(error)) throw error;
    throw new PgError({ ...error.fields, message: `column "${column}": ${error.message}` });
  }
}

/** Known by their shape: they may come from another copy of apache-arrow. */
function isType(value: unknown): value is DataType {
  return typeof value === 'object' && value !== null && 'typeId' in value && typeof value.typeId === 'number';
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && 'fields' in value && Array.isArray(value.fields);
}
