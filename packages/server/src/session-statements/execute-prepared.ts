import { isPgError, PgError, sqlstate, typeOid } from '@riffq/wire';
import { noSuchStatement } from '../errors/statement-errors.js';
import type { Interrupt } from '../interrupt.js';
import type { Constant } from '../prepared/constant.js';
import { type AssignedValue, constantValue, namesObject } from '../prepared/constant-value.js';
import { type Execution, findExecute, parseExecute } from '../prepared/parse-execute.js';
import type { Outcome } from '../results/normalise.js';
import { oidOfObject } from '../session/catalog-query.js';
import type { ClientSession } from '../session/client-session.js';
import { withoutPosition } from '../session/error-position.js';
import type { PreparedStatement } from '../session/extended-query/prepared-statement.js';
import { requireSameColumns } from '../session/extended-query/require-same-columns.js';
import { closingOnError } from '../session/handler/close-rows.js';
import type { StatementRequest } from '../session/handler/statement-request.js';
import type { Statement } from '../sql/statement.js';
import type { InnerStatements } from './inner-statements.js';

/** EXECUTE runs what PREPARE or Parse made, EXPLAIN EXECUTE explains it. Undefined when it is nothing that PostgreSQL would understand. */
export async function executePrepared(
  session: ClientSession,
  request: StatementRequest,
  inner: InnerStatements,
): Promise<Outcome | undefined> {
  const clause = findExecute(request.statement, session.tell);
  const execution = clause && parseExecute(clause.words);
  if (execution === undefined) return undefined;
  const found = session.statements.get(execution.name);
  if (found === undefined) throw noSuchStatement(execution.name);
  if (found.parameterTypes.includes(0)) await inner.learnTypes(found);
  const prepared = clause?.explain === undefined ? found : explained(found, clause.explain);
  const { statement } = prepared;
  if (statement === null) return { kind: 'tag', tag: '' };
  const values = argumentsOf(
    session,
    { ...execution, args: await withObjects(session, execution, prepared, request) },
    prepared,
  );
  const args = values.map(({ value }) => value);
  const encodedArgs = { values: values.map(({ text }) => (text === null ? null : Buffer.from(text))), formats: [] };
  try {
    await inner.revalidate(prepared);
    // What was asked meanwhile could be cancelled by itself.
    session.beginRunning(request.interrupt);
    const { parameterTypes } = prepared;
    // A statement with values comes to handlers by the extended protocol alone.
    const outcome = await inner.run({ ...request, statement, args, encodedArgs, parameterTypes, protocol: 'extended' });
    await requireColumns(session, prepared, outcome, request.interrupt);
    return outcome;
  } catch (error) {
    // The handler counts in the prepared text, the client in that of EXECUTE.
    throw withoutPosition(error);
  }
}

async function requireColumns(
  session: ClientSession,
  { columns, statement }: PreparedStatement,
  outcome: Outcome,
  interrupt: Interrupt,
): Promise<void> {
  if (columns === undefined) return;
  const check = (): void =>
    requireSameColumns(columns, outcome.kind === 'rows' ? outcome.rows.fields : null, statement);
  if (outcome.kind === 'rows') await closingOnError(session, outcome.rows, interrupt, check);
  else check();
}

/** The arguments, names of objects as the OIDs that a catalog query wants: `'orders'::regclass`. */
function withObjects(
  session: ClientSession,
  { args }: Execution,
  { parameterTypes }: PreparedStatement,
  { interrupt }: StatementRequest,
): Promise<readonly Constant[]> {
  return Promise.all(
    args.map(async (constant, at) => {
      const { text, position } = constant;
      const type = namesObject(constant, parameterTypes[at] ?? 0);
      if (type === undefined || text === null) return constant;
      const oid = await oidOfObject(session, type, text, interrupt).catch((error: unknown) => {
        if (!isPgError(error)) throw error;
        const { where: _, ...fields } = error.fields;
        throw new PgError({ ...fields, position });
      });
      return oid === undefined ? constant : { text: oid, typeOid: typeOid.oid, casts: [], position };
    }),
  );
}

function argumentsOf(
  session: ClientSession,
  { name, args }: Execution,
  prepared: PreparedStatement,
): readonly AssignedValue[] {
  const { parameterTypes } = prepared;
  // PostgreSQL does not look at values that nothing takes.
  if (parameterTypes.length === 0) return [];
  if (args.length !== parameterTypes.length) {
    throw new PgError({
      sqlstate: sqlstate.syntax_error,
      message: `wrong number of parameters for prepared statement "${name}"`,
      detail: `Expected ${parameterTypes.length} parameters but got ${args.length}.`,
    });
  }
  return args.map((constant, at) =>
    constantValue(constant, parameterTypes[at] ?? 0, at + 1, session.settingValues.input),
  );
}

/** What EXECUTE runs, or EXPLAIN EXECUTE explains; undefined for anything else, and when there is none of the name. */
export function executedStatement(session: ClientSession, statement: Statement): PreparedStatement | undefined {
  if (session.host.sessionStatements === 'handler') return undefined;
  const clause = findExecute(statement);
  const name = clause?.words.takeShortName();
  const found = name === undefined ? undefined : session.statements.get(name);
  return found === undefined || clause?.explain === undefined ? found : explained(found, clause.explain);
}

function explained(prepared: PreparedStatement, explain: string): PreparedStatement {
  const { statement, parameterTypes } = prepared;
  if (statement === null) return prepared;
  const sql = `${explain}${statement.sql}`;
  return {
    ...{ name: prepared.name, parameterTypes, columns: undefined },
    statement: {
      ...statement,
      ...{ sql, text: sql, offset: 0, keyword: 'EXPLAIN', isPlain: undefined, mayWrite: undefined },
    },
  };
}
