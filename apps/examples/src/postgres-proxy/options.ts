import { parseArgs } from 'node:util';
import { parseUpstreamAddress, type UpstreamAddress } from './upstream-address.js';

/** What the command line says. */
export interface ProxyArguments {
  readonly listen: string;
  readonly upstream: UpstreamAddress;
  readonly tls: { readonly certificate: string; readonly key: string } | undefined;
  readonly log: boolean;
}

/** @throws Error that says what is wrong. */
export function readArguments(): ProxyArguments {
  const { values } = parseArgs({
    options: {
      listen: { type: 'string', default: '127.0.0.1:5433' },
      upstream: { type: 'string' },
      'tls-cert': { type: 'string' },
      'tls-key': { type: 'string' },
      log: { type: 'boolean', default: false },
    },
  });
  const { listen, upstream, log, 'tls-cert': certificate, 'tls-key': key } = values;
  if (upstream === undefined) throw new Error('--upstream is missing');
  if ((certificate === undefined) !== (key === undefined)) throw new Error('--tls-cert and --tls-key go together');
  const tls = certificate === undefined || key === undefined ? undefined : { certificate, key };
  return { listen, upstream: parseUpstreamAddress(upstream), tls, log };
}
