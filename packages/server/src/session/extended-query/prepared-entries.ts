import type { CursorEntry, PreparedStatementEntry } from '@riffq/catalog';
import { typeOid } from '@riffq/wire';
import type { ClientSession } from '../client-session.js';

const isoTime = (milliseconds: number): string => new Date(milliseconds).toISOString();

/** The rows of pg_prepared_statements. */
export function preparedStatementEntries({ statements }: ClientSession): readonly PreparedStatementEntry[] {
  return statements.all().flatMap(({ name, origin, parameterTypes, columns }) =>
    origin === undefined
      ? []
      : {
          name,
          statement: origin.text,
          prepared: isoTime(origin.made),
          // What nobody has declared is told to be a text.
          parameterTypes: parameterTypes.map((oid) => oid || typeOid.text),
          resultTypes: columns?.map((column) => column.typeOid) ?? null,
          fromSql: origin.fromSql,
        },
  );
}

/** The rows of pg_cursors: what DECLARE made, and portals of the extended protocol. */
export function cursorEntries({ portals }: ClientSession): readonly CursorEntry[] {
  return portals.all().map(({ name, text, prepared, cursor, held, made }) => ({
    name,
    statement: text ?? prepared.origin?.text ?? prepared.statement?.sql ?? '',
    isHoldable: held ?? cursor?.hold ?? false,
    isBinary: cursor?.binary ?? false,
    isScrollable: cursor?.scroll ?? false,
    created: isoTime(made),
  }));
}
