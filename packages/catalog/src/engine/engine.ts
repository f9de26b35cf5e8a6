import { isPgError, sqlstate } from '@riffq/wire';
import type { CatalogResult } from '../catalog-result.js';
import type { StatementClock } from '../catalog-session.js';
import type { DatabaseContent } from '../database-content.js';
import {
  catalogClosed,
  engineDied,
  engineOutOfMemory,
  resultTooLarge,
  roleIsBuiltIn,
} from '../errors/engine-errors.js';
import { orAborted } from '../or-aborted.js';
import { createRole, dropRole } from './client-role.js';
import type { DatabaseIdentity } from './database-identity.js';
import type { EngineStart, StatementMessages, StatementReply, WriteStep } from './engine-messages.js';
import type { EngineThreads } from './engine-thread.js';
import { type BoundStatement, boundMessages, describeMessages } from './frontend-bytes.js';
import { holderOf } from './holder.js';
import { initialMemory } from './initial-memory.js';
import type { Offences } from './offences.js';
import { prologue, type StatementSession } from './prologue.js';
import { readDescription, readEffects, readResult, type StatementDescription } from './read-answer.js';
import { RunningEngine } from './running-engine.js';
import { StatementClocks } from './statement-clocks.js';
import { Turns } from './turns.js';
import { UsedTime } from './used-time.js';
import { WaitingLine } from './waiting-line.js';

/** Bounds of what one engine may do. All durations are milliseconds. */
export interface EngineLimits {
  readonly statementTimeout: number;
  /** What a statement may take when others have waited for a second. */
  readonly sharedTimeout: number;
  readonly memoryBytes: number;
  readonly resultBytes: number;
}

/** Gives the steps that lead from what was written to what shall be, in portions. */
export type PlanWrite = (before: DatabaseContent | null, after: DatabaseContent) => AsyncIterable<readonly WriteStep[]>;

/** What ends a statement before it is answered, and what keeps its time. */
export interface StatementBounds {
  readonly signal: AbortSignal;
  readonly clock: StatementClock;
}

const never = new AbortController().signal;
/** Milliseconds that a client waits for another's statement before that has to hurry. */
const patience = 1000;

/** What is sent to the thread at once, at least, when there is more. */
const stepsAtOnce = 16;
const bytesAtOnce = 64 * 1024;

type Answered = Extract<StatementReply, { kind: 'answered' }>;

/** The PostgreSQL of one database: started when it is needed, started again when it ended. One statement at a time. */
export class Engine {
  readonly #threads: EngineThreads;
  readonly #start: EngineStart;
  readonly #limits: EngineLimits;
  readonly #planWrite: PlanWrite;
  readonly #used = new UsedTime();
  readonly #turns = new Turns(this.#used);
  readonly #waiting: WaitingLine;
  readonly #offences: Offences;
  readonly #clocks = new StatementClocks();
  #running: RunningEngine | null = null;
  /** Whether it runs a statement that nobody waits for: it is ended if that goes on. */
  #abandoned = false;
  #closed = false;

  constructor(options: {
    readonly threads: EngineThreads;
    readonly start: EngineStart;
    readonly limits: EngineLimits;
    readonly planWrite: PlanWrite;
    /** Of all who use engines of the database. */
    readonly offences: Offences;
  }) {
    this.#threads = options.threads;
    this.#start = options.start;
    this.#limits = options.limits;
    this.#planWrite = options.planWrite;
    this.#offences = options.offences;
    this.#waiting = new WaitingLine(patience, () => this.#running?.hurry(options.limits.sharedTimeout));
  }

  /** Which database it is. */
  get identity(): DatabaseIdentity {
    return this.#start.database;
  }

  /** Whether a statement can run as soon as those before it have. */
  get isUp(): boolean {
    const running = this.#running;
    return running !== null && !running.ended && running.written !== null && !this.#abandoned;
  }

  /** Whether no statement holds it or waits for it, or will any more after so many milliseconds. */
  async isFreeWithin(milliseconds: number): Promise<boolean> {
    const late = AbortSignal.timeout(milliseconds);
    return this.#turns.take(null, late, async () => true).catch(() => false);
  }

  /** Starts PostgreSQL if it does not run. */
  async warm(): Promise<void> {
    await this.#turns.take(null, never, async () => {
      await this.#ready();
    });
  }

  /** Runs a statement over the content. @throws PgError */
  async query(
    content: DatabaseContent,
    session: StatementSession,
    statement: BoundStatement,
    bounds: StatementBounds,
  ): Promise<CatalogResult> {
    const { messages, effects } = await this.#run(content, session, boundMessages(statement), true, bounds);
    try {
      return readResult(messages, readEffects(effects));
    } catch (error) {
      // It has filled what there is for rows that wait, as an endless recursion does.
      if (isPgError(error) && error.sqlstate === sqlstate.configuration_limit_exceeded) this.#offences.note(session);
      throw error;
    }
  }

  /** Tells what a statement takes and gives, without running it. @throws PgError */
  async describe(
    content: DatabaseContent,
    session: StatementSession,
    statement: Pick<BoundStatement, 'sql' | 'parameterTypes'>,
    bounds: StatementBounds,
  ): Promise<StatementDescription> {
    const parse = describeMessages(statement.sql, statement.parameterTypes);
    const { messages } = await this.#run(content, session, parse, false, bounds);
    return readDescription(messages);
  }

  /** Ends PostgreSQL when no statement runs. It starts again when it is needed. */
  stopWhenFree(): void {
    void this.#turns.take(null, never, async () => this.#running?.terminate());
  }

  /** Ends PostgreSQL for good. */
  close(): void {
    this.#closed = true;
    this.#running?.terminate(catalogClosed());
  }

  /** An abort lets the caller go at once; the turn ends when PostgreSQL is free again, or has been ended. */
  async #run(
    content: DatabaseContent,
    session: StatementSession,
    messages: Uint8Array,
    execute: boolean,
    { signal, clock }: StatementBounds,
  ): Promise<Answered> {
    const asker = { holder: holderOf(session), session: session.session };
    this.#offences.check(session);
    const leave = this.#waiting.join();
    const forget = this.#clocks.join(clock, !this.isUp);
    const turn = this.#turns.take(asker, signal, async () => {
      leave();
      // While it waited, other statements of the same client may have ended PostgreSQL.
      this.#offences.check(session);
      const ask = async (isLast: boolean): Promise<Answered> => {
        const running = await this.#prepared(content, session);
        const began = performance.now();
        try {
          const given = { prologue: prologue(session), began: session.began, messages, execute };
          return await this.#exchange(running, given, signal);
        } catch (error) {
          if (running.ended && !this.#closed && (isLast || !running.wasLost)) this.#offences.note(session);
          throw error;
        } finally {
          this.#used.add(asker, performance.now() - began);
        }
      };
      try {
        return await ask(false);
      } catch (error) {
        // Whoever has ended the process, this statement only reads: it can be asked of another one.
        if (this.#running?.wasLost !== true || this.#closed || signal.aborted) throw error;
        return ask(true);
      }
    });
    return orAborted(turn, signal).finally(() => {
      leave();
      forget();
    });
  }

  /** A PostgreSQL that has the content, and the roles that the session sees. */
  async #prepared(content: DatabaseContent, session: StatementSession): Promise<RunningEngine> {
    const { user, otherUsers } = session;
    if (!this.isUp) this.#clocks.stop();
    const running = await this.#ready();
    const isNew = running.written === null;
    try {
      await this.#write(running, content);
    } catch (error) {
      if (isNew || !running.wasFull) throw error;
      // A new one has no room to spare for what there was before.
      return this.#prepared(content, session);
    }
    this.#abandoned = false;
    this.#clocks.restart();
    await this.#makeRole(running, user);
    if (otherUsers !== undefined) await this.#seeUsers(running, user, otherUsers);
    return running;
  }

  async #exchange(
    running: RunningEngine,
    given: Omit<StatementMessages, 'resultLimit'>,
    signal: AbortSignal,
  ): Promise<Answered> {
    const { resultBytes, statementTimeout, sharedTimeout, memoryBytes } = this.#limits;
    const exchanged = running.exchange(
      { kind: 'statement', statement: { ...given, resultLimit: resultBytes } },
      statementTimeout,
      signal,
    );
    if (this.#waiting.isImpatient) running.hurry(sharedTimeout);
    const abandon = (): void => {
      this.#abandoned = true;
      this.#clocks.stop();
    };
    signal.addEventListener('abort', abandon, { once: true });
    const reply = await exchanged.finally(() => signal.removeEventListener('abort', abandon));
    if (reply.kind !== 'statement') throw engineDied(`It answered with ${reply.kind}.`);
    // PostgreSQL gives no memory back: one that has grown much is replaced.
    if (reply.outOfMemory || reply.size > Math.max(initialMemory, memoryBytes / 2)) running.terminate();
    if (reply.reply.kind === 'tooLarge') throw resultTooLarge(resultBytes);
    if (reply.outOfMemory) throw engineOutOfMemory(memoryBytes);
    return reply.reply;
  }

  /** The PostgreSQL that runs, or a new one that has started. */
  async #ready(): Promise<RunningEngine> {
    if (this.#closed) throw catalogClosed();
    if (this.#running === null || this.#running.ended) this.#running = new RunningEngine(this.#threads, this.#start);
    await this.#running.ready();
    return this.#running;
  }

  async #write(running: RunningEngine, content: DatabaseContent): Promise<void> {
    if (running.written === content) return;
    let steps: WriteStep[] = [{ kind: 'sql', sql: 'BEGIN' }];
    let begun = false;
    for await (const portion of this.#planWrite(running.written, content)) {
      // A client's role may have the OID of one that the source has: it gets another when it is needed again.
      if (portion.some(isOfRoles)) steps.push(...dropRoles(running));
      steps.push(...portion);
      begun = true;
      // A small change is one message.
      if (steps.length < stepsAtOnce && sizeOf(portion) < bytesAtOnce) continue;
      await this.#send(running, steps);
      steps = [];
    }
    if (begun) await this.#send(running, [...steps, { kind: 'sql', sql: 'COMMIT' }]);
    running.written = content;
  }

  async #makeRole(running: RunningEngine, user: string): Promise<void> {
    if (running.roles.has(user)) return;
    try {
      await this.#send(running, [{ kind: 'sql', sql: createRole(user) }]);
    } catch (error) {
      // A reserved name is one of PostgreSQL's own roles, if any.
      if (isPgError(error) && error.sqlstate === sqlstate.unique_violation) throw roleIsBuiltIn(user);
      // A role of that name owns something of the source: it is there as long as that is.
      if (isPgError(error) && error.sqlstate === sqlstate.duplicate_object) return;
      throw error;
    }
    running.roles.add(user);
  }

  /** Makes roles of those who are connected, and removes those of who was. */
  async #seeUsers(running: RunningEngine, user: string, others: ReadonlySet<string>): Promise<void> {
    const gone = [...running.roles].filter((role) => role !== user && !others.has(role));
    for (const role of gone) {
      await this.#send(running, [{ kind: 'sql', sql: dropRole(role) }]);
      running.roles.delete(role);
    }
    for (const other of others) await this.#makeRole(running, other).catch(() => {});
  }

  async #send(running: RunningEngine, steps: readonly WriteStep[]): Promise<void> {
    const { memoryBytes, statementTimeout } = this.#limits;
    const reply = await running.exchange({ kind: 'write', steps }, statementTimeout);
    if (reply.kind !== 'written') throw engineDied(`It answered with ${reply.kind}.`);
    if (reply.held <= memoryBytes) return;
    running.wasFull = true;
    running.terminate();
    throw engineOutOfMemory(memoryBytes);
  }
}

function isOfRoles(step: WriteStep): boolean {
  return step.kind === 'copy' && step.table === 'pg_catalog.pg_authid';
}

function dropRoles({ roles }: RunningEngine): readonly WriteStep[] {
  const steps = Array.from(roles, (role): WriteStep => ({ kind: 'sql', sql: dropRole(role) }));
  roles.clear();
  return steps;
}

function sizeOf(steps: readonly WriteStep[]): number {
  return steps.reduce((size, step) => size + (step.kind === 'sql' ? step.sql.length : step.text.length), 0);
}
