import { defaultMessageLimits, type MessageLimits } from '@riffq/wire';
import { descriptorLimit } from './descriptor-limit.js';
import { unusableLimit } from './errors/riffq-error.js';
import type { Session } from './session.js';

/** The longest body of a message, by the message's type. */
export type MessageBytes = Partial<Omit<MessageLimits, 'PasswordMessage' | 'StartupPacket'>>;

/** Places that are kept free. */
export interface ReservedConnections {
  /** How many of `connections` they are. */
  readonly count: number;
  /** Who may take one when no other is left; asked once the client's password was right. */
  mayUse(session: Session): boolean;
}

/** Limits of a server; durations are milliseconds, sizes bytes. 0 is no limit, but for sizes of messages and `startupTimeout`. */
export interface Limits {
  /**
   * Clients that are let in at once; as many more, and at least 100, may be on their way in. @defaultValue half of the file
   * descriptors that the process may open, at most 10000
   */
  readonly connections?: number;
  /** Places among `connections` for those whom a function chooses. @defaultValue none */
  readonly reservedConnections?: ReservedConnections;
  /** The same as `connections`, for the clients of one address. @defaultValue 0 */
  readonly connectionsPerAddress?: number;
  /** From accepting a client to its start-up packet and password. @defaultValue 60000 */
  readonly startupTimeout?: number;
  /**
   * The longest message of an authenticated client, by type or for all that carry what users write; what it says of CopyData
   * holds for each line or binary field of COPY data, too. @defaultValue 268435456
   */
  readonly messageBytes?: number | MessageBytes;
  /** The longest message before authentication. @defaultValue 65536 */
  readonly authenticationMessageBytes?: number;
  /** How long a statement may run; with SET statement_timeout a client can have less. @defaultValue 0 */
  readonly statementTimeout?: number;
  /** How long a client may be silent; with SET idle_session_timeout it can have less. @defaultValue 0 */
  readonly idleTimeout?: number;
  /** The same, in a transaction block: SET idle_in_transaction_session_timeout. @defaultValue 0 */
  readonly idleInTransactionTimeout?: number;
  /** How long a transaction may last: SET transaction_timeout. @defaultValue 0 */
  readonly transactionTimeout?: number;
  /** Prepared statements of one session. @defaultValue 10000 */
  readonly statements?: number;
  /** Texts of the prepared statements of one session, but for the unnamed one. @defaultValue 16777216 */
  readonly statementBytes?: number;
  /** What a session's statements have set, with what its savepoints would go back to. @defaultValue 1048576 */
  readonly settingBytes?: number;
  /** Portals, and cursors, of one session. @defaultValue 1000 */
  readonly portals?: number;
  /** After so much silence TCP asks whether the client's machine is still there. @defaultValue 60000 */
  readonly keepAlive?: number;
  /** Rows that one statement may answer. @defaultValue 0 */
  readonly resultRows?: number;
  /** Bytes of the rows that one statement may answer. @defaultValue 0 */
  readonly resultBytes?: number;
}

/** What holds for a server: every limit, messages by type. */
export interface ResolvedLimits extends Required<Omit<Limits, 'reservedConnections' | 'messageBytes'>> {
  readonly reservedConnections: ReservedConnections;
  readonly messageBytes: MessageLimits;
}

/** Timeouts are off, as PostgreSQL's are: only the host knows its statements. */
const defaults = {
  reservedConnections: { count: 0, mayUse: () => false },
  connectionsPerAddress: 0,
  startupTimeout: 60_000,
  authenticationMessageBytes: 64 * 1024,
  statementTimeout: 0,
  idleTimeout: 0,
  idleInTransactionTimeout: 0,
  transactionTimeout: 0,
  statements: 10_000,
  statementBytes: 16 * 1024 ** 2,
  settingBytes: 1024 ** 2,
  portals: 1000,
  keepAlive: 60_000,
  resultRows: 0,
  resultBytes: 0,
};

/**
 * The limits that hold where the host sets these.
 *
 * @throws RiffqError RIFFQ_ERR_LIMIT for what is no number, or negative, or 0 where that cannot be.
 */
export function resolveLimits(limits: Limits): ResolvedLimits {
  const { messageBytes, ...given } = limits;
  const others = { ...defaults, connections: limits.connections ?? defaultConnections(), ...withoutUndefined(given) };
  const { authenticationMessageBytes, reservedConnections, startupTimeout, ...mayBeNone } = others;
  for (const [name, value] of Object.entries({ ...mayBeNone, reservedConnections: reservedConnections.count })) {
    requireAtLeast(0, name, value);
  }
  const messages = typeof messageBytes === 'number' ? everyLarge(messageBytes) : withoutUndefined(messageBytes ?? {});
  for (const [name, value] of Object.entries({ ...messages, authenticationMessageBytes, startupTimeout })) {
    requireAtLeast(1, name, value);
  }
  return {
    ...others,
    messageBytes: { ...defaultMessageLimits, ...messages, PasswordMessage: authenticationMessageBytes },
  };
}

/** Hosts without types give texts, too, that compare as numbers do. */
function requireAtLeast(least: number, name: string, value: unknown): void {
  if (typeof value !== 'number' || !(value >= least)) throw unusableLimit(name, value, least);
}

/** What carries what users write is as long as they like. */
function everyLarge(bytes: number): MessageBytes {
  return { Query: bytes, Parse: bytes, Bind: bytes, FunctionCall: bytes, CopyData: bytes };
}

/** `{ portals: undefined }` says nothing of portals. */
function withoutUndefined<T extends object>(limits: T): T {
  return { ...limits, ...Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== undefined)) };
}

const mostConnections = 10_000;
/** What the host itself has open: its files, its own connections. */
const otherDescriptors = 100;

function defaultConnections(): number {
  // Half of them are for clients that are still on their way in.
  return Math.max(1, Math.min(mostConnections, Math.floor((descriptorLimit() - otherDescriptors) / 2)));
}
