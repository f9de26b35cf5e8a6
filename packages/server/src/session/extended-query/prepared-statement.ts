import type { FieldDescription } from '@riffq/wire';
import type { CursorOptions } from '../../cursors/parse-declare.js';
import type { Position } from '../../cursors/position.js';
import type { Interrupt } from '../../interrupt.js';
import type { EncodedParameters, ParameterValue } from '../../query-context.js';
import type { CopyOutcome } from '../../results/normalise.js';
import type { Format, RowStream } from '../../results/row-stream.js';
import type { Statement } from '../../sql/statement.js';

/** What Parse made: a text with parameter types; columns once somebody asked. */
export interface PreparedStatement {
  readonly name: string;
  /** What pg_prepared_statements says of it; the unnamed one is not in there. */
  readonly origin?: { readonly text: string; readonly fromSql: boolean; readonly made: number } | undefined;
  /** Null for an empty query. */
  readonly statement: Statement | null;
  /** As declared by the client, 0 for undeclared; replaced by what `handleDescribe` said. */
  parameterTypes: readonly number[];
  /** Undefined until described; null when it returns no rows. */
  columns: readonly FieldDescription[] | null | undefined;
}

/** Where a portal stands: it runs once, may be suspended, and is done. */
export type PortalState =
  | { readonly kind: 'bound' }
  | { readonly kind: 'rows'; readonly rows: RowStream; readonly interrupt: Interrupt }
  /** A FETCH reads its rows. */
  | { readonly kind: 'lent'; readonly rows: RowStream; readonly interrupt: Interrupt }
  | { readonly kind: 'tag'; readonly tag: string }
  | { readonly kind: 'copy'; readonly outcome: CopyOutcome; readonly interrupt: Interrupt }
  | { readonly kind: 'done'; readonly tag: ((count: number) => string) | null };

/** What Bind made out of a prepared statement and values, or DECLARE out of a query. */
export interface Portal {
  readonly name: string;
  readonly prepared: PreparedStatement;
  readonly args: readonly ParameterValue[];
  readonly encodedArgs: EncodedParameters;
  readonly resultFormats: readonly Format[];
  /** What DECLARE was a part of; undefined of what Bind made. */
  readonly text?: string;
  /** When it was made, in milliseconds since 1970. */
  readonly made: number;
  /** How many savepoints it is behind: rolling back to one of them ends it. */
  savepoints: number;
  /** Made when its block had failed already, as what ends it can be: another error leaves it. */
  readonly ofFailedBlock?: boolean;
  /** What DECLARE said. */
  readonly cursor?: CursorOptions;
  /** It has outlived its transaction (WITH HOLD): only CLOSE and the session's end close it. */
  held?: true;
  /** Of its rows, as long as it has any, that were read for that. */
  heldBytes?: number;
  position: Position;
  state: PortalState;
  /** What its run gave; undefined before it ran, null for no rows. */
  columns: readonly FieldDescription[] | null | undefined;
}

/** What a portal holds that has to be closed: rows, whoever reads them, or COPY data that were not read to their end. */
export function openRows(state: PortalState): { readonly rows: RowStream; readonly interrupt: Interrupt } | undefined {
  if (state.kind === 'rows' || state.kind === 'lent') return state;
  if (state.kind !== 'copy' || state.outcome.kind !== 'copyOut') return undefined;
  return { rows: state.outcome.rows, interrupt: state.interrupt };
}
