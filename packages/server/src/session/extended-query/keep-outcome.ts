import type { Awaitable } from '../../awaitable.js';
import type { Interrupt } from '../../interrupt.js';
import type { Outcome } from '../../results/normalise.js';
import { resolveFormats } from '../../results/resolve-formats.js';
import type { RowStream } from '../../results/row-stream.js';
import type { Statement } from '../../sql/statement.js';
import type { ClientSession } from '../client-session.js';
import { closingOnError } from '../handler/close-rows.js';
import type { StatementRequest } from '../handler/statement-request.js';
import type { Portal } from './prepared-statement.js';
import { requireSameColumns } from './require-same-columns.js';

/** What runs a portal's statement: up to `maxRows` rows are wanted of it at once, 0 for all. */
export function portalRequest(
  { name, prepared, args, encodedArgs, resultFormats }: Portal,
  statement: Statement,
  maxRows: number,
  interrupt: Interrupt,
): StatementRequest {
  const { parameterTypes } = prepared;
  const portal = { portal: name, encodedArgs, resultFormats, maxRows };
  return { statement, args, ...portal, parameterTypes, protocol: 'extended', interrupt };
}

/** The portal has what its run gave. */
export function keepOutcome(
  session: ClientSession,
  portal: Portal,
  outcome: Outcome,
  interrupt: Interrupt,
): Awaitable<void> {
  const { columns: described, statement } = portal.prepared;
  if (outcome.kind !== 'rows') {
    portal.state = outcome.kind === 'tag' ? outcome : { kind: 'copy', outcome, interrupt };
    portal.columns = null;
    if (described !== undefined) requireSameColumns(described, null, statement);
    return;
  }
  const { rows } = outcome;
  return closingOnError(session, rows, interrupt, () => {
    if (described !== undefined) requireSameColumns(described, rows.fields, statement);
    startRows(session, portal, rows);
    portal.state = { kind: 'rows', rows, interrupt };
    portal.columns = rows.fields;
  });
}

/** The rows in the formats of the portal's Bind, as the session's settings are now. */
export function startRows(session: ClientSession, portal: Portal, rows: RowStream): void {
  rows.start(resolveFormats(portal.resultFormats, rows.fields.length), session.settingValues.output);
}
