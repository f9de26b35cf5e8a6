import { resolveCopyOptions } from '@riffq/arrow-helpers';
import { PgError, sqlstate } from '@riffq/wire';
import { ArrowRows } from '../results/arrow-rows.js';
import type { Outcome } from '../results/normalise.js';
import { sendRows } from '../results/send-rows.js';
import type { CopyStatement } from '../sql/copy-statement.js';
import { askHandler, type StatementRequest } from './ask-handler.js';
import type { ClientSession } from './client-session.js';
import { closeRows } from './close-rows.js';
import { withoutPosition } from './error-position.js';

/**
 * COPY ... TO STDOUT (manual, section 54.2.6): runs the inner query and sends its rows as CopyData, pulled no faster than
 * the client reads. Answers the command's tag.
 */
export async function copyOut(session: ClientSession, copy: CopyStatement, request: StatementRequest): Promise<string> {
  const options = resolveCopyOptions(copy.options, 'to');
  const statement = { ...request.statement, sql: copy.query };
  const outcome = await askInner(session, { ...request, statement });
  if (outcome.kind !== 'rows') {
    if (outcome.kind === 'copyOut') await closeRows(session, outcome.rows, request.interrupt);
    throw new PgError({ sqlstate: sqlstate.feature_not_supported, message: 'COPY query must return rows' });
  }
  const { rows } = outcome;
  try {
    if (!(rows instanceof ArrowRows)) {
      throw new PgError({
        sqlstate: sqlstate.feature_not_supported,
        message: 'COPY of rows that are encoded already is not supported',
        hint: 'Answer the query with Arrow data.',
      });
    }
    const encoder = rows.startCopy(options);
    const format = options.format === 'binary' ? 'binary' : 'text';
    session.send({ type: 'CopyOutResponse', format, columnFormats: rows.fields.map(() => format) });
    session.outbound.sendEncoded(encoder.header());
    const { count } = await sendRows(rows, session.outbound, 0, request.interrupt);
    session.outbound.sendEncoded(encoder.trailer());
    session.send({ type: 'CopyDone' });
    return `COPY ${count}`;
  } finally {
    await closeRows(session, rows, request.interrupt);
  }
}

/** The handler counts in the inner query, which the client has not written, or not there. */
async function askInner(session: ClientSession, request: StatementRequest): Promise<Outcome> {
  try {
    return await askHandler(session, request);
  } catch (error) {
    throw withoutPosition(error);
  }
}
