import { readFileSync } from 'node:fs';
import type { ConnectionOptions } from 'node:tls';
import type { ServerAddress } from '../client.js';

/** What libpq's `sslmode`, `sslrootcert`, `sslcert` and `sslkey` are to Node's TLS; false for none. */
export function javascriptTls({ settings = {} }: Pick<ServerAddress, 'settings'>): ConnectionOptions | false {
  const { sslmode = 'disable', sslrootcert, sslcert, sslkey } = settings;
  if (sslmode === 'disable') return false;
  return {
    ...(sslrootcert && { ca: readFileSync(sslrootcert) }),
    ...(sslcert && { cert: readFileSync(sslcert) }),
    ...(sslkey && { key: readFileSync(sslkey) }),
    ...(sslmode === 'require' && { rejectUnauthorized: false }),
    ...(sslmode === 'verify-ca' && { checkServerIdentity: () => undefined }),
  };
}
