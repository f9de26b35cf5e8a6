import type { ContentContext } from './content-context.js';
import type { ContentUnit } from './content-units.js';
import type { RemovedUnit } from './removal.js';
import { RowWriter } from './row-writer.js';

/** Units of a content, and what their rows need to know of others in it. */
interface UnitsOf {
  readonly units: readonly ContentUnit[];
  readonly context: ContentContext;
}

/** What is still to be done after rows were compared. */
interface ChangedRows {
  readonly gone: readonly RemovedUnit[];
  /** Units that are written as a whole. */
  readonly come: readonly ContentUnit[];
}

/**
 * Compares the rows of relations that changed: adds those that are new to the writer, and tells from which tables all of a relation have
 * to go. A column more is a row of pg_attribute and one of pg_class; to delete and write all of the others would take PostgreSQL as
 * long again.
 */
export function changedRows(writer: RowWriter, before: UnitsOf, after: UnitsOf): ChangedRows {
  const now = new Map(after.units.flatMap((unit) => (unit.relation === undefined ? [] : [[unit.key, unit]])));
  const compared = new Set<string>();
  const gone = before.units.map((unit) => {
    if (unit.relation === undefined) return { unit, tables: undefined };
    const was = new RowWriter();
    unit.write(was, before.context);
    const successor = now.get(unit.key);
    if (successor?.relation === undefined) return { unit, tables: was.tables };
    compared.add(unit.key);
    const is = new RowWriter();
    successor.write(is, after.context);
    return { unit, tables: writer.addChanges(was, is) };
  });
  return { gone, come: after.units.filter(({ key }) => !compared.has(key)) };
}
