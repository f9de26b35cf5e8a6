import { type RiffqServer, serve } from '@riffq/server';
import { batchFor } from '../arrow-results.js';

/** Starts a server over the table of all types. */
export function startArrowServer(): Promise<RiffqServer> {
  return serve({ address: { host: '127.0.0.1', port: 0 }, query: batchFor });
}
