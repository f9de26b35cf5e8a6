import type { PeerCertificate } from 'node:tls';
import type { MaybePromise } from '../query-result.js';
import type { Session } from '../session.js';

/** What holds for every method that can refuse a client. */
interface RefusingSettings {
  /** How long a refused client waits for its error, which slows down who tries passwords. @defaultValue 0 */
  readonly failureDelay?: number;
}

/** Anybody comes in. */
export interface TrustSettings {
  readonly method: 'trust';
}

/** Nobody comes in. */
export interface RejectSettings extends RefusingSettings {
  readonly method: 'reject';
}

/** The client sends its password as it is; `handleAuth` decides, or else what `lookupPassword` gives. */
export interface PasswordSettings extends RefusingSettings {
  readonly method: 'password';
  /**
   * Lets passwords cross the network in clear text. Without it only clients with TLS, of this machine, or of a Unix socket are
   * asked for one, the others refused. @defaultValue false
   */
  readonly allowUnencrypted?: boolean;
}

/** The client sends a salted MD5 hash, for old drivers; users whose verifier is SCRAM's are asked by SCRAM-SHA-256. */
export interface Md5Settings extends ScramOptions {
  readonly method: 'md5';
  /**
   * What unknown users are taken to have, and asked by: PostgreSQL's setting of this name. Let it be what most of your users have.
   * @defaultValue `md5` until the first user with a SCRAM verifier comes, then `scram-sha-256`
   */
  readonly passwordEncryption?: 'md5' | 'scram-sha-256';
}

/** Both sides show that they know the password, and over TLS that nobody sits between them (SCRAM-SHA-256-PLUS). */
export interface ScramSettings extends ScramOptions {
  readonly method: 'scram-sha-256';
}

interface ScramOptions extends RefusingSettings {
  /**
   * How often a password that `lookupPassword` gives in clear text is hashed, and what unknown users are told; let it be what
   * your verifiers have. @defaultValue 4096; for unknown users, once a verifier was seen, what the first had
   */
  readonly iterations?: number;
  /**
   * What the salts of unknown users are made of. Servers that share their users should share it too: a salt that changes from
   * one to the other tells that there is no such user. @defaultValue 32 random bytes per server
   */
  readonly secret?: string | Uint8Array;
}

/** The client's certificate, which an authority of `setTls`'s `ca` has signed, says who it is. */
export interface CertificateSettings extends RefusingSettings {
  readonly method: 'cert';
  /** By which names the owner of a certificate may connect. @defaultValue its common name */
  readonly usersOf?: (certificate: PeerCertificate) => MaybePromise<string | readonly string[] | null>;
}

/** A method with what is to be said about it. */
export type AuthenticationSettings =
  | TrustSettings
  | RejectSettings
  | PasswordSettings
  | Md5Settings
  | ScramSettings
  | CertificateSettings;

/** How clients show who they are; PostgreSQL's names. */
export type AuthenticationMethod = AuthenticationSettings['method'];

/** A method, one with its settings, or what chooses for each client, as pg_hba.conf does. */
export type Authentication =
  | AuthenticationMethod
  | AuthenticationSettings
  | ((session: Session) => MaybePromise<AuthenticationMethod | AuthenticationSettings>);
