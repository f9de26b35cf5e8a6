import type { Outbound } from '../io/outbound.js';
import type { AsynchronousMessages } from './asynchronous-messages.js';

/** A client's session, as far as a probe needs it. */
interface Probed {
  readonly asynchronous: AsynchronousMessages;
  readonly outbound: Outbound;
  readonly applicationName: string;
}

/**
 * Finds out whether a client is still there whose messages cannot be read now. What is written to it then changes nothing and
 * may come at any time (manual, section 54.2.7); where nobody is any more, it cannot be written a second time.
 */
export function probeClient({ asynchronous, outbound, applicationName }: Probed): void {
  if (!asynchronous.greeted) return;
  if (outbound.unsentBytes === 0) {
    outbound.send({ type: 'ParameterStatus', name: 'application_name', value: applicationName });
  }
  outbound.flush();
}
