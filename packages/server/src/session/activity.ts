import type { SessionActivity, SessionDetails } from '@riffq/catalog';
import type { NegotiatedTls } from '../io/channel.js';
import type { Session, TransactionStatus } from '../session.js';

const states: Readonly<Record<TransactionStatus, SessionDetails['state']>> = {
  I: 'idle',
  T: 'idle in transaction',
  E: 'idle in transaction (aborted)',
};

/** A session, and what nobody else asks of it. */
type SeenSession = Session & { readonly tls: NegotiatedTls | null };

/** What a session does and since when, for pg_stat_activity. Times are milliseconds since 1970. */
export class Activity {
  readonly #connected = Date.now();
  #active = false;
  #query = '';
  #queryBegan: number | null = null;
  #transactionBegan: number | null = null;
  #transactionId: bigint | undefined;
  #stateChanged = this.#connected;
  /** What the clock said last: many short statements may begin and end in one turn of the event loop. */
  #now = this.#connected;

  /** Looks at the clock; to be called whenever something was waited for. */
  tick(): void {
    this.#now = Date.now();
  }

  /** The time, as of the last look at the clock. */
  get now(): number {
    return this.#now;
  }

  /** What the client has sent to be run, all of its statements. */
  get query(): string {
    return this.#query;
  }

  /** A statement begins. */
  begin(sql: string): void {
    this.#active = true;
    this.#query = sql;
    this.#queryBegan = this.#now;
    this.#stateChanged = this.#now;
    this.#transactionBegan ??= this.#now;
  }

  /** The client may send the next one. */
  rest(status: TransactionStatus): void {
    if (this.#active) this.#stateChanged = this.#now;
    this.#active = false;
    if (status !== 'I') return;
    this.#transactionBegan = null;
    this.#transactionId = undefined;
  }

  /** When the transaction began that a statement runs in. */
  get transactionBegan(): number {
    return this.#transactionBegan ?? Date.now();
  }

  /** The transaction's number, if it has one. */
  get assignedTransactionId(): bigint | undefined {
    return this.#transactionId;
  }

  /** The transaction's number: it gets one when somebody asks for it, as in PostgreSQL. */
  transactionId(next: () => bigint): bigint {
    this.#transactionId ??= next();
    return this.#transactionId;
  }

  /** A row of pg_stat_activity; what others do is nobody's business. */
  row(session: SeenSession, viewer: string): SessionActivity {
    return {
      processId: session.processId,
      user: session.user,
      database: session.database,
      applicationName: session.applicationName,
      details: session.user === viewer ? this.#details(session) : null,
    };
  }

  #details(session: SeenSession): SessionDetails {
    return {
      state: this.#active ? 'active' : states[session.transactionStatus],
      query: this.#query,
      clientAddress: session.remoteAddress === '' ? null : session.remoteAddress,
      clientPort: session.remoteAddress === '' ? null : session.remotePort,
      connected: isoTime(this.#connected),
      transactionBegan: this.#transactionBegan === null ? null : isoTime(this.#transactionBegan),
      queryBegan: this.#queryBegan === null ? null : isoTime(this.#queryBegan),
      stateChanged: isoTime(this.#stateChanged),
      encrypted: session.encrypted,
      tls: session.tls && { ...session.tls, bits: bitsOf(session.tls.cipher) },
    };
  }
}

const isoTime = (milliseconds: number): string => new Date(milliseconds).toISOString();

/** How long the keys of a cipher are: Node says it nowhere but in the name. */
function bitsOf(cipher: string): number | null {
  if (/AES_?128|ARIA128|CAMELLIA128/.test(cipher)) return 128;
  return /AES_?256|ARIA256|CAMELLIA256|CHACHA20/.test(cipher) ? 256 : null;
}
