import type { SchemaDescription } from '@riffq/arrow-helpers';
import { PgError, sqlstate } from '@riffq/wire';

/** Columns and rows of an array of plain objects: the columns are the keys, in the order of their first appearance. */
export function describeObjects(objects: readonly Readonly<Record<string, unknown>>[]): {
  readonly schema: SchemaDescription;
  readonly rows: readonly (readonly unknown[])[];
} {
  const names = [...new Set(objects.flatMap((object) => Object.keys(object)))];
  const schema = names.map((name) => ({ name, type: typeOfColumn(name, objects) }));
  const rows = objects.map((object) =>
    schema.map(({ name, type }) => {
      const value = object[name] ?? null;
      return type === 'float' && typeof value === 'bigint' ? Number(value) : value;
    }),
  );
  return { schema, rows };
}

type InferredType = 'int' | 'float' | 'bool' | 'str' | 'datetime';

function typeOfColumn(name: string, objects: readonly Readonly<Record<string, unknown>>[]): InferredType {
  let found: InferredType | undefined;
  for (const [at, object] of objects.entries()) {
    const value = object[name];
    if (value === null || value === undefined) continue;
    const type = typeOfValue(value);
    if (type === undefined) {
      throw new PgError({
        sqlstate: sqlstate.datatype_mismatch,
        message: `row ${at + 1}, column "${name}": a value of this kind has no column type of its own`,
        hint: 'Answer with toArrow(schema, rows) or Arrow data to choose the type.',
      });
    }
    if (found === undefined || found === type) found = type;
    else if (isNumeric(found) && isNumeric(type)) found = 'float';
    else {
      throw new PgError({
        sqlstate: sqlstate.datatype_mismatch,
        message: `row ${at + 1}, column "${name}": found ${type} where the rows before had ${found}`,
      });
    }
  }
  return found ?? 'str';
}

const isNumeric = (type: InferredType): boolean => type === 'int' || type === 'float';

function typeOfValue(value: unknown): InferredType | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) && !Object.is(value, -0) ? 'int' : 'float';
  if (typeof value === 'bigint') return 'int';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'string') return 'str';
  return value instanceof Date ? 'datetime' : undefined;
}
