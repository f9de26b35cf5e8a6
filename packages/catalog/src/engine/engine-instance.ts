import { PGlite } from '@electric-sql/pglite';
import type { PgError } from '@riffq/wire';
import { keptName } from '../clip-name.js';
import { imageFiles } from '../engine-image/image-files.js';
import { AnswerBytes } from './answer-bytes.js';
import { backendFrames } from './backend-frames.js';
import { DataDirectory } from './data-directory.js';
import { nameDatabase } from './database-identity.js';
import type { EngineReply, EngineRequest, EngineStart, StatementMessages, WriteStep } from './engine-messages.js';
import { errorOfResponse } from './error-of-response.js';
import { executeMessage, queryMessage, syncMessage } from './frontend-bytes.js';
import { ImageFilesystem } from './image-filesystem.js';
import { initialMemory } from './initial-memory.js';
import { legacyCatalogs } from './legacy-catalogs.js';
import { Maintenance } from './maintenance.js';
import { startParameters } from './start-parameters.js';

/** Rows between two looks at how large the answer has become. */
const rowsPerExecute = 10_000;
const copyFile = '/tmp/riffq-copy';
const sync = syncMessage();
const execute = executeMessage(rowsPerExecute);
/** What a client has set goes before PostgreSQL's own value in every function that it may call, but not in SHOW. */
const effectsQuery = queryMessage('SHOW riffq.effects');
const effectsAsideQuery = queryMessage('SHOW riffq.effects_aside');
const outOfMemory = '53200';
/** What ReadyForQuery says when there is no transaction. */
const idle = 'I'.charCodeAt(0);
/** The status of what is thrown for an error of PostgreSQL's own. */
const handledByPostgres = 100;

/** PostgreSQL refused something of ours; the ErrorResponse's body says why. */
class Refusal extends Error {
  constructor(readonly response: Uint8Array) {
    super(errorOfResponse(response).message);
  }
}

/** Asks PostgreSQL for no types of arrays: what it answers is read by nobody here. */
class EnginePGlite extends PGlite {
  override async _initArrayTypes(): Promise<void> {}
}

/** One running PostgreSQL. It does one thing at a time, and blocks the thread while it does. */
export class EngineInstance {
  readonly #database: PGlite;
  readonly #maintenance: Maintenance;
  #inTransaction = false;
  /** What ended PostgreSQL's main loop other than an error of its own. */
  #failure: unknown;

  private constructor(database: PGlite) {
    this.#database = database;
    const directory = new DataDirectory(database.Module.FS, PGlite.paths.PGDATA);
    this.#maintenance = new Maintenance(directory, (sql) => this.#run(sql));
  }

  /** Starts PostgreSQL from the image, whose files become its own. */
  static async open(start: EngineStart, module: WebAssembly.Module, image: Buffer): Promise<EngineInstance> {
    const files = nameDatabase(imageFiles(image), start.database);
    const complaints: string[] = [];
    const database = new EnginePGlite({
      fs: new ImageFilesystem(files, PGlite.paths.PGDATA, start.memoryLimit),
      pgliteWasmModule: module,
      // The filesystem brings both: the files and the memory.
      fsBundle: new Blob([]),
      initialMemory: 65_536,
      database: keptName(start.database.name),
      startParams: startParameters({ 'riffq.version': start.version, 'riffq.effects': '' }),
      onStderr: (line) => {
        complaints.push(line);
        return false;
      },
    });
    await database.waitReady.catch((error: unknown) => {
      throw new Error(complaints.at(-1) ?? String(error));
    });
    const instance = new EngineInstance(database);
    instance.#watchMainLoop();
    // Only then does the end of a transaction take back SET LOCAL SESSION AUTHORIZATION: in single-user mode
    // nothing was authenticated that it could go back to.
    instance.#run('SET SESSION AUTHORIZATION pg_riffq');
    for (const sql of legacyCatalogs(start.majorVersion)) instance.#run(sql);
    return instance;
  }

  /** Does what is asked; throws only when PostgreSQL itself has died. */
  handle(request: EngineRequest): EngineReply {
    try {
      if (request.kind === 'statement') return this.#statement(request.statement);
      this.#write(request.steps);
      return { kind: 'written', held: this.#memory - initialMemory + this.#maintenance.bytes };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.#send(queryMessage('ROLLBACK'));
      return { kind: 'refused', error: error.response };
    }
  }

  #statement(statement: StatementMessages): EngineReply {
    atTime(statement.began, () => this.#run(statement.prologue));
    const parts = [this.#send(statement.messages)];
    let room = statement.resultLimit;
    for (let suspended = statement.execute; suspended && room >= 0; ) {
      const rows = this.#send(execute, room);
      suspended = rows !== null && lastType(rows) === 's';
      room = rows === null ? -1 : room - rows.length;
      if (rows !== null) parts.push(rows);
    }
    this.#send(sync);
    const error = errorOf(parts);
    const isTooLarge = room < 0 || (error !== null && isOfLongRow(error, statement.resultLimit));
    // In a failed transaction nothing can be asked, and what failed has no effects.
    const effects = error === null ? this.#effects() : '';
    this.#run('ROLLBACK');
    return {
      kind: 'statement',
      reply: isTooLarge ? { kind: 'tooLarge' } : { kind: 'answered', messages: parts, effects },
      outOfMemory: error?.sqlstate === outOfMemory,
      size: this.#memory,
    };
  }

  /** Bytes, without the files. */
  get #memory(): number {
    return this.#database.Module.HEAPU8.length;
  }

  /** What the functions of the statement wrote down, as JSON. */
  #effects(): string {
    const last = this.#texts(effectsQuery);
    if (last === '') return '';
    // A comma is before each.
    return `[${(last.startsWith('+') ? this.#effectsAside() + last.slice(1) : last).slice(1)}]`;
  }

  /** What was put aside because it was long; the client's role may look at nothing but settings. */
  #effectsAside(): string {
    const count = Number(this.#texts(effectsAsideQuery));
    const each = Array.from({ length: count }, (_, number) => `SHOW riffq.effects_${number}`);
    return this.#texts(queryMessage(each.join(';')));
  }

  /** The values that queries of one row and column give. */
  #texts(message: Uint8Array): string {
    let texts = '';
    for (const { type, body } of backendFrames(this.#send(message))) {
      // One column: its count, its length, its text.
      if (type === 'D') texts += Buffer.from(body.buffer, body.byteOffset + 6, body.length - 6).toString('utf8');
    }
    return texts;
  }

  #write(steps: readonly WriteStep[]): void {
    for (const step of steps) {
      if (step.kind === 'sql') {
        this.#run(step.sql);
      } else {
        const filesystem = this.#database.Module.FS;
        filesystem.writeFile(copyFile, step.text, { canOwn: true });
        this.#run(`COPY ${step.table} (${step.columns.join(',')}) FROM '${copyFile}'`);
        filesystem.unlink(copyFile);
      }
      this.#maintenance.afterWrite(this.#inTransaction);
    }
  }

  /** Runs SQL of our own. @throws Refusal */
  #run(sql: string): void {
    for (const { type, body } of backendFrames(this.#send(queryMessage(sql)))) {
      if (type === 'E') throw new Refusal(body);
      if (type === 'Z') this.#inTransaction = body[0] !== idle;
    }
  }

  /**
   * PGlite goes on after whatever its main loop throws. But only one thing that is thrown is an error that PostgreSQL
   * handles; after any other (JavaScript's stack is full) nobody knows its state.
   */
  #watchMainLoop(): void {
    const module = this.#database.Module;
    const loopOnce = module._PostgresMainLoopOnce;
    module._PostgresMainLoopOnce = () => {
      try {
        loopOnce();
      } catch (error) {
        const handled = error instanceof Object && 'status' in error && error.status === handledByPostgres;
        if (!handled) this.#failure = error;
        throw error;
      }
    };
  }

  /** Feeds messages; gives what PostgreSQL answers, null if that is longer than the limit. */
  #send(messages: Uint8Array): Uint8Array;
  #send(messages: Uint8Array, limit: number): Uint8Array | null;
  #send(messages: Uint8Array, limit = Number.POSITIVE_INFINITY): Uint8Array | null {
    const answer = new AnswerBytes(limit);
    this.#database.execProtocolRawStream(messages, { syncToFs: false, onRawData: (bytes) => answer.add(bytes) });
    if (this.#failure !== undefined) throw this.#failure;
    return answer.overrun ? null : answer.bytes();
  }
}

/** PostgreSQL takes the time of a transaction's begin from the clock of the thread, and has no other way to be told. */
function atTime(milliseconds: number | undefined, work: () => void): void {
  const { now } = Date;
  if (milliseconds !== undefined) Date.now = () => milliseconds;
  try {
    work();
  } finally {
    Date.now = now;
  }
}

function lastType(messages: Uint8Array): string {
  let last = '';
  for (const { type } of backendFrames(messages)) last = type;
  return last;
}

/** The error among the messages, null if there is none. */
function errorOf(parts: readonly Uint8Array[]): PgError | null {
  for (const messages of parts) {
    for (const { type, body } of backendFrames(messages)) {
      if (type === 'E') return errorOfResponse(body);
    }
  }
  return null;
}

/**
 * Whether the memory did not suffice for a row that is longer than the answer may be: PostgreSQL gathers its text where it keeps what a
 * statement needs as a whole, in a buffer that it doubles when that is full.
 */
function isOfLongRow({ sqlstate, fields }: PgError, resultLimit: number): boolean {
  const size = /size (\d+) in memory context "ExecutorState"/.exec(fields.detail ?? '')?.[1];
  return sqlstate === outOfMemory && size !== undefined && Number(size) / 2 >= resultLimit;
}
