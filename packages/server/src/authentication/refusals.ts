import { PgError, sqlstate } from '@riffq/wire';
import type { Session } from '../session.js';

/** The wrong password, or no such user: nobody learns which. */
export function wrongPassword(user: string): PgError {
  return fatal(sqlstate.invalid_password, `password authentication failed for user "${user}"`);
}

/** Nobody could say how the client is to show who it is. */
export function authenticationFailed(user: string): PgError {
  return fatal(sqlstate.invalid_authorization_specification, `authentication failed for user "${user}"`);
}

/** The client's certificate is another user's. */
export function certificateFailed(user: string): PgError {
  return fatal(sqlstate.invalid_authorization_specification, `certificate authentication failed for user "${user}"`);
}

/** PostgreSQL takes no empty password, whatever was stored. */
export function emptyPassword(): PgError {
  return fatal(sqlstate.invalid_password, 'empty password returned by client');
}

/** The client has shown no certificate. */
export function needsCertificate(): PgError {
  return fatal(sqlstate.invalid_authorization_specification, 'connection requires a valid client certificate');
}

/** No authority stands for the client's certificate, or its time is over. */
export function invalidClientCertificate(reason: string): PgError {
  return new PgError({ ...needsCertificate().fields, detail: `The certificate was not accepted: ${reason}.` });
}

/** Its password would have crossed the network in clear text. */
export function needsEncryption(tlsIsOffered: boolean): PgError {
  return fatal(
    sqlstate.invalid_authorization_specification,
    'this server asks for passwords over encrypted connections only',
    tlsIsOffered ? 'Connect with sslmode=require.' : 'Its owner has to offer TLS, or to use scram-sha-256.',
  );
}

/** The method `reject`. */
export function rejected(client: RefusedClient): PgError {
  return refusal('pg_hba.conf rejects connection', client);
}

/** Nobody comes in unencrypted. */
export function acceptsEncryptedOnly(client: RefusedClient): PgError {
  return refusal('no pg_hba.conf entry', client, 'Connect with sslmode=require.');
}

type RefusedClient = Pick<Session, 'user' | 'database' | 'remoteAddress' | 'encrypted'>;

/** Clients look for these words, file or not. */
function refusal(beginning: string, { user, database, remoteAddress, encrypted }: RefusedClient, hint?: string) {
  const host = remoteAddress === '' ? '[local]' : remoteAddress;
  const encryption = encrypted ? 'SSL encryption' : 'no encryption';
  return fatal(
    sqlstate.invalid_authorization_specification,
    `${beginning} for host "${host}", user "${user}", database "${database}", ${encryption}`,
    hint,
  );
}

function fatal(code: string, message: string, hint?: string): PgError {
  return new PgError({ severity: 'FATAL', sqlstate: code, message, ...(hint === undefined ? {} : { hint }) });
}
