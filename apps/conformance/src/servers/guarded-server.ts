import {
  type AuthenticationMethod,
  BaseConnection,
  md5Verifier,
  RiffqServer,
  scramVerifier,
  type TlsCertificate,
} from '@riffq/server';

/** The password of every user. */
export const password = 'pässword €';

const methods: Readonly<Record<string, AuthenticationMethod>> = {
  trusted: 'trust',
  bystander: 'trust',
  rejected: 'reject',
  clear: 'password',
  hashed: 'md5',
  scrammed: 'scram-sha-256',
  certified: 'cert',
};

const verifiers: Readonly<Record<string, string>> = {
  clear: password,
  hashed: md5Verifier('hashed', password),
  scrammed: await scramVerifier(password),
};

/** Answers every statement with who is asking, and how. */
class Guarded extends BaseConnection {
  override handleQuery() {
    const { user, encrypted, serverName, peerCertificate } = this.session;
    return [{ seen: [user, encrypted ? 'TLS' : 'plain', serverName, peerCertificate?.subject.CN].join(' ') }];
  }

  override lookupPassword(user: string): string | null {
    return verifiers[user] ?? null;
  }
}

/** Starts a server whose users are named for the methods by which they come in; `certified` by the certificate `client`. */
export async function startGuardedServer(certificate: TlsCertificate, client: TlsCertificate): Promise<RiffqServer> {
  const server = new RiffqServer('127.0.0.1:0', Guarded, {
    authentication: ({ user }) => methods[user] ?? 'scram-sha-256',
    sessionStatements: 'server',
  });
  server.setTls(certificate.certificate, certificate.key, { ca: client.certificate });
  await server.listen({ tls: true });
  return server;
}
