import { AsyncLocalStorage } from 'node:async_hooks';
import { tracingChannel } from 'node:diagnostics_channel';
import { type StatementTrace, serve } from '@riffq/server';

/** What stands for a span of OpenTelemetry here. */
interface Span {
  readonly name: string;
  readonly attributes: Record<string, unknown>;
}

const current = new AsyncLocalStorage<Span>();
const statements = tracingChannel<Span, StatementTrace>('riffq:statement');

// The handler runs in the span of its statement: spans of its own become children.
statements.start.bindStore(current, ({ sql, session }) => ({ name: sql, attributes: { 'db.user': session.user } }));
statements.subscribe({
  start() {},
  end() {},
  asyncStart() {},
  error() {},
  asyncEnd({ sql, kind, duration, firstRow, rows, bytes, sqlstate }) {
    console.log('statement', JSON.stringify({ sql, kind, duration, firstRow, rows, bytes, sqlstate }));
  },
});

const server = await serve({
  address: { port: Number(process.env.PORT ?? 5433) },
  query() {
    return [{ span: current.getStore()?.name ?? 'none' }];
  },
});
console.log('listening', server.address());
