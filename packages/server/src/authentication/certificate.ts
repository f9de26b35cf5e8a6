import type { PeerCertificate } from 'node:tls';
import type { ClientSession } from '../session/client-session.js';
import { consult } from '../session/handler/decide.js';
import type { CertificateSettings } from './authentication.js';
import { certificateFailed, needsCertificate } from './refusals.js';

/** Has the client be whom its certificate says; that was verified in the TLS handshake. @throws PgError FATAL */
export async function checkCertificate(session: ClientSession, settings: CertificateSettings): Promise<void> {
  const { peerCertificate, user } = session;
  if (peerCertificate === null) throw needsCertificate();
  const { usersOf = commonName } = settings;
  const refusal = () => certificateFailed(user);
  const users = await consult(session, refusal, () => usersOf(peerCertificate));
  const isOne = typeof users === 'string' ? users === user : (users?.includes(user) ?? false);
  if (!isOne) throw refusal();
}

/** Of several names none is the one. */
function commonName({ subject }: PeerCertificate): string | null {
  const name: unknown = subject.CN;
  return typeof name === 'string' ? name : null;
}
