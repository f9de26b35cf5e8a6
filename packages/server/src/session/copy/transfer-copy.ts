import { isPgError, sqlstate } from '@riffq/wire';
import { requireRowCount } from '../../errors/result-errors.js';
import type { Interrupt } from '../../interrupt.js';
import type { CopyIn } from '../../query-result.js';
import { countedRows } from '../../results/counted-rows.js';
import type { CopyOutcome } from '../../results/normalise.js';
import type { RowStream } from '../../results/row-stream.js';
import { sendRows } from '../../results/send-rows.js';
import type { ClientSession } from '../client-session.js';
import { closeRows } from '../handler/close-rows.js';
import { tracedRows } from '../trace-statement.js';
import { CopyDataSource } from './copy-data-source.js';
import { tracingCopy } from './trace-copy.js';

/**
 * Sends or receives the COPY data that a handler answered with (manual, section 54.2.6), whatever its statement was.
 * Answers the command's tag.
 */
export function transferCopy(session: ClientSession, outcome: CopyOutcome, interrupt: Interrupt): Promise<string> {
  const { format, columns } = outcome.copy;
  const columnFormats = Array.from({ length: columns }, () => format);
  if (outcome.kind === 'copyOut') {
    session.send({ type: 'CopyOutResponse', format, columnFormats });
    return tracingCopy(session, 'out', (onBytes) => send(session, outcome.rows, interrupt, onBytes));
  }
  session.send({ type: 'CopyInResponse', format, columnFormats });
  session.outbound.flush();
  return tracingCopy(session, 'in', (onBytes) => receive(session, outcome.copy, interrupt, onBytes));
}

type OnBytes = (bytes: number) => void;

async function send(session: ClientSession, rows: RowStream, interrupt: Interrupt, onBytes: OnBytes): Promise<string> {
  const counted = countedRows(tracedRows(session, rows), (_, bytes) => onBytes(bytes));
  try {
    const { count } = await sendRows(counted, session.outbound, 0, interrupt);
    session.send({ type: 'CopyDone' });
    return rows.tag(count);
  } finally {
    await closeRows(session, rows, interrupt);
  }
}

async function receive(session: ClientSession, copy: CopyIn, interrupt: Interrupt, onBytes: OnBytes): Promise<string> {
  const source = new CopyDataSource(session, interrupt, onBytes);
  try {
    const count = await interrupt.race(Promise.resolve(copy.receive(source.read())));
    // A handler may have seen enough before the client had sent all, or may not have minded that the client gave up.
    for await (const _ of source.read());
    requireRowCount("copyIn's receive", count);
    return `COPY ${count}`;
  } catch (error) {
    if (source.violation === undefined || (source.isInStep && refusesData(error))) throw error;
    source.tellViolation(isPgError(error) ? error.fields.where : undefined);
    throw source.violation;
  } finally {
    source.stop();
  }
}

/**
 * Whether it is the data that a handler objects to, and not their end. PostgreSQL tells of the first of both; who passes the
 * data on has taken the message behind them before it hears of them.
 */
function refusesData(error: unknown): boolean {
  return isPgError(error) && error.severity === 'ERROR' && !endsOfData.has(error.sqlstate);
}

const endsOfData: ReadonlySet<string> = new Set([sqlstate.query_canceled, sqlstate.protocol_violation]);
