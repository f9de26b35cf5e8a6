import type { Bind, Frame, FrontendMessage } from '@riffq/wire';
import { type Awaitable, andThen } from '../../awaitable.js';
import { Interrupt } from '../../interrupt.js';
import { encodedMessage } from '../../io/encoded-message.js';
import type { EncodedParameters } from '../../query-context.js';
import { limitsResults } from '../../results/limit-result.js';
import { normaliseResult } from '../../results/normalise.js';
import type { Format } from '../../results/row-stream.js';
import { SmallResult } from '../../results/small-result.js';
import type { Statement } from '../../sql/statement.js';
import { asStatement } from '../as-statement.js';
import type { ClientSession } from '../client-session.js';
import { callHandler } from '../handler/call-handler.js';
import { HandlerContext } from '../handler/handler-context.js';
import type { StatementRequest } from '../handler/statement-request.js';
import { answerQueryMessage, commitAlone } from '../simple-query.js';
import { isStatementTraced } from '../trace-statement.js';
import { endTransaction } from '../transaction/transaction-command.js';
import { sendColumns } from './describe.js';
import { answerPortal, beginPipeline } from './execute.js';
import { makePortal } from './extended-query.js';
import type { PreparedStatement } from './prepared-statement.js';
import { withChangedColumns } from './refused-formats.js';
import { requireSameColumns } from './require-same-columns.js';
import { isRevalidated } from './revalidate.js';

/** Comparing more bytes than these takes as long as reading them. */
const longestBody = 256;

// The unnamed portal's Describe, and Execute of all its rows, and Sync.
const describe = Buffer.from('44000000065000', 'hex');
const execute = Buffer.from('45000000090000000000', 'hex');
const sync = Buffer.from('5300000004', 'hex');
const tails = [
  { bytes: Buffer.concat([describe, execute, sync]), describe: true },
  { bytes: Buffer.concat([execute, sync]), describe: false },
];

const bindComplete = encodedMessage({ type: 'BindComplete' });
const noFormats: readonly Format[] = [];
const none: readonly [] = [];

type Remembered = QueryMessage | PortalMessages;

interface QueryMessage {
  readonly kind: 'query';
  readonly bytes: Uint8Array;
  readonly statement: Statement;
}

/** Bind of the unnamed portal without parameters, perhaps its Describe, its Execute, and Sync. */
interface PortalMessages {
  readonly kind: 'portal';
  readonly bytes: Uint8Array;
  readonly bind: Bind;
  readonly encodedArgs: EncodedParameters;
  readonly describe: boolean;
}

/**
 * A client's messages that are byte for byte those that it sent before: they are not decoded again, and a small answer that
 * the handler has at hand is sent in one go. What a client sees is the same as by the ordinary way, which is taken from
 * wherever something turns out not to be so simple.
 */
export class RepeatedQuery {
  readonly #session: ClientSession;
  readonly #limited: boolean;
  #remembered: Remembered | undefined;

  constructor(session: ClientSession) {
    this.#session = session;
    this.#limited = limitsResults(session.host.limits);
  }

  /** Remembers a message that has been handled in the ordinary way, with those that it comes with. */
  remember(frame: Frame, message: FrontendMessage): void {
    if (message.type === 'Query') this.#rememberQuery(frame, message.sql);
    else if (message.type === 'Bind') this.#rememberPortal(frame, message);
  }

  /** The message that an error of `handleNext` belongs to. */
  get type(): 'Query' | 'Execute' | undefined {
    if (this.#remembered === undefined) return undefined;
    return this.#remembered.kind === 'query' ? 'Query' : 'Execute';
  }

  /** Handles what comes next if it is the same again; false, with nothing done, if it has to go the ordinary way. */
  handleNext(): Awaitable<void> | false {
    const remembered = this.#remembered;
    if (remembered === undefined || !this.#session.inbound.startsWith(remembered.bytes)) return false;
    return remembered.kind === 'query' ? this.#runQuery(remembered) : this.#runPortal(remembered);
  }

  #rememberQuery(frame: Frame, sql: string): void {
    const { body } = frame;
    if (body.length > longestBody) return;
    const statement = this.#session.host.statements.get(sql);
    if (statement?.isPlain) this.#remembered = { kind: 'query', bytes: wholeMessage(frame), statement };
  }

  #rememberPortal(frame: Frame, bind: Bind): void {
    if (bind.portal !== '' || bind.parameters.length > 0 || frame.body.length > longestBody) return;
    if (!this.#session.statements.get(bind.statement)?.statement?.isPlain) return;
    const tail = tails.find(({ bytes }) => this.#session.inbound.startsWith(bytes));
    if (tail === undefined) return;
    const bytes = Buffer.concat([wholeMessage(frame), tail.bytes]);
    const encodedArgs = { values: bind.parameters, formats: bind.parameterFormats };
    this.#remembered = { kind: 'portal', bytes, bind, encodedArgs, describe: tail.describe };
  }

  /** Nothing of the session's state has a say in what happens. */
  #isOrdinary(statement: Statement | null | undefined): statement is Statement {
    const { transaction, portals, settingValues } = this.#session;
    return (
      statement?.isPlain === true &&
      transaction.isQuiet &&
      portals.isEmpty &&
      !this.#limited &&
      !settingValues.searchesInformationSchema &&
      !settingValues.escapesInStrings &&
      !settingValues.isReadOnly &&
      !isStatementTraced()
    );
  }

  #runQuery({ bytes, statement }: QueryMessage): Awaitable<void> | false {
    const session = this.#session;
    if (!this.#isOrdinary(statement)) return false;
    session.wake();
    session.messages.skip(bytes.length, 'Query');
    session.begin(statement.text);
    session.statements.delete('');
    const interrupt = new Interrupt();
    const request = { statement, args: none, parameterTypes: none, protocol: 'simple', interrupt } as const;
    const answered = asStatement(session, statement, interrupt, () => {
      const result = this.#ask(request);
      if (this.#sendAtOnce(result, noFormats, undefined, true)) return commitAlone(session, interrupt);
      return andThen(result, (settled) =>
        andThen(normaliseResult(settled, interrupt), (outcome) =>
          answerQueryMessage(session, statement, outcome, interrupt, () => commitAlone(session, interrupt)),
        ),
      );
    });
    if (answered !== undefined) return answered.then(() => session.readyForQuery());
    session.readyForQuery();
  }

  #runPortal({ bytes, bind, encodedArgs, describe }: PortalMessages): Awaitable<void> | false {
    const session = this.#session;
    const prepared = session.statements.get(bind.statement);
    const statement = prepared?.statement;
    if (prepared === undefined || !this.#isOrdinary(statement) || !suits(prepared, bind)) return false;
    if (isRevalidated(session, prepared)) return false;
    // What `handleDescribe` has said goes before what the statement does; it is asked in the ordinary way.
    const describesAhead = describe && session.connection.handleDescribe !== undefined;
    if (describesAhead && prepared.columns === undefined) return false;
    const describesAnswer = describe && !describesAhead;
    session.wake();
    session.messages.skip(bytes.length - sync.length, 'Execute');
    session.outbound.sendEncoded(bindComplete);
    if (describesAhead) sendColumns(session, prepared.columns ?? null, bind.resultFormats);
    session.begin(statement.sql);
    const interrupt = new Interrupt();
    let atOnce = false;
    const answered = asStatement(session, statement, interrupt, () => {
      const { resultFormats } = bind;
      const { parameterTypes } = prepared;
      const protocol = 'extended';
      const request = {
        statement,
        args: none,
        encodedArgs,
        resultFormats,
        parameterTypes,
        protocol,
        interrupt,
      } as const;
      const result = withChangedColumns(this.#ask(request), prepared, resultFormats);
      atOnce = this.#sendAtOnce(result, resultFormats, prepared, describesAnswer);
      if (!atOnce) return this.#goOn(result, prepared, bind, interrupt, describesAnswer ? 'describe' : 'nothing');
    });
    // A handler that has to do with Sync is asked in the ordinary way.
    if (!atOnce || session.connection.handleSync !== undefined) {
      return andThen(answered, () => beginPipeline(session, statement));
    }
    // Who forwards may have said that there is a transaction now; then Sync goes its ordinary way.
    if (!session.transaction.isQuiet) return;
    session.messages.skip(sync.length, 'Sync');
    const ended = endTransaction(session, 'commit', session.interrupt);
    if (ended !== undefined) return ended.then(() => session.readyForQuery());
    session.readyForQuery();
  }

  #ask(request: StatementRequest): Awaitable<unknown> {
    const session = this.#session;
    const { statement, interrupt } = request;
    return callHandler(session, statement.sql, new HandlerContext(session, request), interrupt);
  }

  #sendAtOnce(
    result: Awaitable<unknown>,
    formats: readonly Format[],
    prepared: PreparedStatement | undefined,
    describe: boolean,
  ): boolean {
    const { settingValues, outbound } = this.#session;
    const small = SmallResult.of(result, formats, settingValues.output);
    if (small === undefined) return false;
    if (prepared?.columns !== undefined) requireSameColumns(prepared.columns, small.fields, prepared.statement);
    return small.send(outbound, describe);
  }

  /** The portal is made after all, for an answer that is still to come, or is not so small. */
  #goOn(
    result: Awaitable<unknown>,
    prepared: PreparedStatement,
    bind: Bind,
    interrupt: Interrupt,
    before: 'describe' | 'nothing',
  ): Awaitable<void> {
    const session = this.#session;
    const portal = makePortal(session, bind, prepared, none);
    return andThen(result, (settled) =>
      andThen(normaliseResult(settled, interrupt), (outcome) =>
        answerPortal(session, portal, outcome, interrupt, before),
      ),
    );
  }
}

/** Whether a statement, which may have been made anew since, returns rows and takes what Bind has for it. */
function suits({ parameterTypes, columns }: PreparedStatement, { resultFormats }: Bind): boolean {
  const formats = resultFormats.length;
  if (parameterTypes.length > 0 || columns === null) return false;
  return columns === undefined || formats <= 1 || formats === columns.length;
}

/** The bytes that a frame came as. */
function wholeMessage({ type, body }: Frame): Buffer {
  const bytes = Buffer.alloc(5 + body.length);
  bytes[0] = type;
  bytes.writeInt32BE(4 + body.length, 1);
  bytes.set(body, 5);
  return bytes;
}
