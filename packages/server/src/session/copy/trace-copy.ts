import { type CopyTrace, copyChannel, isTraced, traced } from '../../diagnostics.js';
import type { ClientSession } from '../client-session.js';

/** Moves the data of a COPY and gives its tag; who listens to the channel of COPY is told of it, with what `work` counts. */
export function tracingCopy(
  session: ClientSession,
  direction: CopyTrace['direction'],
  work: (onBytes: (bytes: number) => void) => Promise<string>,
): Promise<string> {
  if (!isTraced(copyChannel)) return work(() => {});
  const event: CopyTrace = { session, direction, rows: 0, bytes: 0 };
  return traced(copyChannel, event, async () => {
    const tag = await work((bytes) => {
      event.bytes += bytes;
    });
    event.rows = Number(/\d+$/.exec(tag)?.[0] ?? 0);
    return tag;
  });
}
