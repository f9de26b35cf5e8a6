import type { Interrupt } from '../interrupt.js';
import type { CopyIn } from '../query-result.js';
import type { CopyOutcome } from '../results/normalise.js';
import type { RowStream } from '../results/row-stream.js';
import { sendRows } from '../results/send-rows.js';
import type { ClientSession } from './client-session.js';
import { closeRows } from './close-rows.js';
import { CopyDataSource } from './copy-data-source.js';

/**
 * Sends or receives the COPY data that a handler answered with (manual, section 54.2.6), whatever its statement was.
 * Answers the command's tag.
 */
export function transferCopy(session: ClientSession, outcome: CopyOutcome, interrupt: Interrupt): Promise<string> {
  const { format, columns } = outcome.copy;
  const columnFormats = Array.from({ length: columns }, () => format);
  if (outcome.kind === 'copyOut') {
    session.send({ type: 'CopyOutResponse', format, columnFormats });
    return send(session, outcome.rows, interrupt);
  }
  session.send({ type: 'CopyInResponse', format, columnFormats });
  session.outbound.flush();
  return receive(session, outcome.copy, interrupt);
}

async function send(session: ClientSession, rows: RowStream, interrupt: Interrupt): Promise<string> {
  try {
    const { count } = await sendRows(rows, session.outbound, 0, interrupt);
    session.send({ type: 'CopyDone' });
    return rows.tag(count);
  } finally {
    await closeRows(session, rows, interrupt);
  }
}

async function receive(session: ClientSession, copy: CopyIn, interrupt: Interrupt): Promise<string> {
  const source = new CopyDataSource(session, interrupt);
  try {
    const count = await interrupt.race(Promise.resolve(copy.receive(source.read())));
    // A handler may have seen enough before the client had sent all, or may not have minded that the client gave up.
    for await (const _ of source.read());
    return `COPY ${count}`;
  } catch (error) {
    throw source.violation ?? error;
  } finally {
    source.stop();
  }
}
