import {
  type Authentication,
  BaseConnection,
  type RiffqServer,
  scramVerifier,
  selfSignedCertificate,
} from '@riffq/server';
import type { RecordBatch } from 'apache-arrow';

const verifier = await scramVerifier('secret');

/** Asks the user `guarded` for SCRAM. */
export const guarding: Authentication = ({ user }) => (user === 'guarded' ? 'scram-sha-256' : 'trust');

/** Connections that know a password, and take what COPY brings. */
export abstract class GuardedConnection extends BaseConnection {
  override lookupPassword(): string {
    return verifier;
  }

  override async handleCopyIn(
    _target: unknown,
    { batches }: { readonly batches: AsyncIterable<RecordBatch> },
  ): Promise<number> {
    let rows = 0;
    for await (const { numRows } of batches) rows += numRows;
    return rows;
  }
}

/** Has a server offer TLS with a certificate of its own. */
export function offerTls(server: RiffqServer): void {
  const { certificate, key } = selfSignedCertificate();
  server.setTls(certificate, key);
}
