import { type CopyTable, resolveCopyOptions } from '@riffq/arrow-helpers';
import { PgError, sqlstate } from '@riffq/wire';
import type { Awaitable } from '../../awaitable.js';
import type { Interrupt } from '../../interrupt.js';
import { countedRows } from '../../results/counted-rows.js';
import type { Outcome } from '../../results/normalise.js';
import { isCopyable } from '../../results/row-stream.js';
import { sendRows } from '../../results/send-rows.js';
import { type CopyStatement, requireDistinctColumns } from '../../sql/copy-statement.js';
import type { Statement } from '../../sql/statement.js';
import { builtInView } from '../catalog-query.js';
import type { ClientSession } from '../client-session.js';
import { withoutPosition, withPosition } from '../error-position.js';
import { answerQuery } from '../handler/answer-query.js';
import { closeRows } from '../handler/close-rows.js';
import type { StatementRequest } from '../handler/statement-request.js';
import { tracedRows } from '../trace-statement.js';

/**
 * COPY ... TO STDOUT (manual, section 54.2.6): runs the inner query and sends its rows as CopyData, pulled no faster than
 * the client reads. Answers the command's tag.
 */
export async function copyOut(
  session: ClientSession,
  copy: CopyStatement,
  request: StatementRequest,
  onBytes: (bytes: number) => void,
): Promise<string> {
  const options = resolveCopyOptions(copy.options, 'to');
  const format = options.format === 'binary' ? 'binary' : 'text';
  const statement = { ...request.statement, sql: copy.query };
  const inner = { ...request, statement, resultFormats: [format] } as const;
  if (copy.table !== null) await refuseView(session, copy.table, request.interrupt);
  const outcome = await (copy.table === null ? askWritten(session, inner, request.statement) : askMade(session, inner));
  if (outcome.kind !== 'rows' || !isCopyable(outcome.rows)) {
    if ('rows' in outcome) await closeRows(session, outcome.rows, request.interrupt);
    throw new PgError({ sqlstate: sqlstate.feature_not_supported, message: 'COPY query must return rows' });
  }
  const { rows } = outcome;
  try {
    // The table and its columns are looked for first.
    if (copy.columns !== null) requireDistinctColumns(copy.columns);
    const frame = rows.startCopy(options, session.settingValues.output, targetOf(copy));
    const counted = countedRows(tracedRows(session, rows), (_, bytes) => onBytes(bytes));
    session.send({ type: 'CopyOutResponse', format, columnFormats: rows.fields.map(() => format) });
    session.outbound.sendEncoded(frame.header());
    const { count } = await sendRows(counted, session.outbound, 0, request.interrupt);
    session.outbound.sendEncoded(frame.trailer());
    session.send({ type: 'CopyDone' });
    return `COPY ${count}`;
  } finally {
    await closeRows(session, rows, request.interrupt);
  }
}

function targetOf({ table, columns }: CopyStatement): CopyTable | undefined {
  return table === null ? undefined : { table: table.at(-1) ?? '', isWholeTable: columns === null };
}

/** A view of the handler's may be copied: the handler makes no difference. @throws PgError 42809 */
async function refuseView(session: ClientSession, name: readonly string[], interrupt: Interrupt): Promise<void> {
  const view = await builtInView(session, name, interrupt);
  if (view === undefined) return;
  throw new PgError({
    sqlstate: sqlstate.wrong_object_type,
    message: `cannot copy from view "${view}"`,
    hint: 'Try the COPY (SELECT ...) TO variant.',
  });
}

/** Positions of errors are counted in the query, which is a part of what the client has written. */
function askWritten(session: ClientSession, request: StatementRequest, { sql }: Statement): Awaitable<Outcome> {
  const place = { ...request.statement, text: sql, offset: sql.indexOf(request.statement.sql) };
  return withPosition(place, () => answerQuery(session, request));
}

/** Positions of errors are counted in a query that the client has not written. */
async function askMade(session: ClientSession, request: StatementRequest): Promise<Outcome> {
  try {
    return await answerQuery(session, request);
  } catch (error) {
    throw withoutPosition(error);
  }
}
