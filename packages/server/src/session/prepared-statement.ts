import type { FieldDescription } from '@riffq/wire';
import type { Interrupt } from '../interrupt.js';
import type { ParameterValue } from '../query-context.js';
import type { Format, RowStream } from '../results/row-stream.js';
import type { Statement } from '../sql/statement.js';

/** What Parse made: a text with parameter types; columns once somebody asked. */
export interface PreparedStatement {
  readonly name: string;
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
  | { readonly kind: 'tag'; readonly tag: string }
  | { readonly kind: 'done'; readonly tag: ((count: number) => string) | null };

/** What Bind made: a prepared statement with values. */
export interface Portal {
  readonly name: string;
  readonly prepared: PreparedStatement;
  readonly args: readonly ParameterValue[];
  readonly resultFormats: readonly Format[];
  /** How many savepoints it is behind: rolling back to one of them ends it. */
  savepoints: number;
  state: PortalState;
  /** What its run gave; undefined before it ran, null for no rows. */
  columns: readonly FieldDescription[] | null | undefined;
}
