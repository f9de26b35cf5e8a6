import {
  type Catalog,
  type CatalogQueryOptions,
  type CatalogResult,
  type CatalogSession,
  FIRST_USER_OID,
  mayBeCatalogQuery,
  type StatementEffect,
} from '@riffq/catalog';
import { type FieldDescription, isPgError, PgError, sqlstate } from '@riffq/wire';
import type { Awaitable } from '../awaitable.js';
import type { ServerCatalog } from '../catalog/server-catalog.js';
import type { Interrupt } from '../interrupt.js';
import { encodedRowStream } from '../results/encoded-rows.js';
import type { Outcome } from '../results/normalise.js';
import type { RowStream } from '../results/row-stream.js';
import { unrecognizedSetting } from '../settings/invalid-setting.js';
import { requireChangeable } from '../settings/require-changeable.js';
import { quoteIdentifier } from '../sql/identifier.js';
import { reachSession } from './cancel/reach-session.js';
import { changeSetting, resetSetting } from './change-setting.js';
import type { ClientSession } from './client-session.js';
import { cursorEntries, preparedStatementEntries } from './extended-query/prepared-entries.js';
import { openRows, type Portal } from './extended-query/prepared-statement.js';
import type { StatementRequest } from './handler/statement-request.js';
import { asksForHandlers, changesHandlers, missesHandlers, unrecognizedName } from './handlers-settings.js';
import { ownerOfSetting } from './setting-owner.js';
import { settingSources } from './setting-sources.js';

/** A transaction that asks for its number gets one. */
const asksForTransaction = /(?:txid_current|pg_current_xact_id)(?!_if_assigned)/i;

/** What a statement over PostgreSQL's own tables takes and gives. */
type CatalogDescription = Awaited<ReturnType<Catalog['describe']>>;

/** Answers a statement over PostgreSQL's own tables; undefined when it is the handler's. */
export function answerCatalogQuery(session: ClientSession, request: StatementRequest): Awaitable<Outcome | undefined> {
  const { catalog } = session.host;
  return catalog !== undefined && mayBeCatalogs(session, request.statement.sql)
    ? answer(session, catalog, request).catch(rethrow)
    : undefined;
}

/** Describes a statement over PostgreSQL's own tables; undefined when it is the handler's. Nothing is run. */
export function describeCatalogQuery(
  session: ClientSession,
  sql: string,
  parameterTypes: readonly number[],
  interrupt: Interrupt,
): Awaitable<CatalogDescription | undefined> {
  const { catalog } = session.host;
  return catalog !== undefined && mayBeCatalogs(session, sql)
    ? describe(session, catalog, sql, parameterTypes, interrupt).catch(rethrow)
    : undefined;
}

/** The OID of what a name means to a type such as regclass; undefined where there is no catalog. */
export async function oidOfObject(
  session: ClientSession,
  type: string,
  name: string,
  interrupt: Interrupt,
): Promise<string | undefined> {
  const sql = `SELECT $1::pg_catalog.${type}::pg_catalog.oid`;
  const asking = catalogSession(session, sql, interrupt);
  const result = await session.host.catalog?.engine.query(sql, [Buffer.from(name)], asking);
  return result?.textRows()[0]?.[0] ?? undefined;
}

/** The name of the view of PostgreSQL's own that a name means; undefined when it means anything else. */
export async function builtInView(
  session: ClientSession,
  name: readonly string[],
  interrupt: Interrupt,
): Promise<string | undefined> {
  const quoted = name.map(quoteIdentifier).join('.');
  if (!mayBeCatalogs(session, `SELECT FROM ${quoted}`)) return undefined;
  const sql =
    "SELECT relname FROM pg_catalog.pg_class WHERE oid = pg_catalog.to_regclass($1) AND relkind = 'v' AND oid < $2::pg_catalog.oid";
  const asking = catalogSession(session, sql, interrupt);
  const values = [Buffer.from(quoted), Buffer.from(String(FIRST_USER_OID))];
  const result = await session.host.catalog?.engine.query(sql, values, asking);
  return result?.textRows()[0]?.[0] ?? undefined;
}

/** Whether it is worth finding out who answers the statement. */
export function mayBeCatalogs(session: ClientSession, sql: string): boolean {
  return session.host.catalog !== undefined && mayBeCatalogQuery(sql, session.settingValues.get('search_path'));
}

/** What the catalog has to know of a statement of its own, and which settings that asks for. */
interface CatalogsStatement {
  readonly told: Pick<CatalogQueryOptions, 'route' | 'content'>;
  readonly settings: readonly (string | number)[];
}

async function answer(
  session: ClientSession,
  catalog: ServerCatalog,
  request: StatementRequest,
): Promise<Outcome | undefined> {
  const { interrupt, encodedArgs, resultFormats = [], parameterTypes } = request;
  const { sql } = request.statement;
  const asking = catalogSession(session, sql, interrupt);
  const route = await routeOf(catalog, sql, asking);
  if (route === undefined || (await asksForHandlers(session, route.settings, encodedArgs, interrupt))) return undefined;
  const result = await catalog.engine
    .query(sql, encodedArgs?.values ?? [], {
      ...asking,
      ...route.told,
      parameterTypes,
      parameterFormats: encodedArgs?.formats ?? [],
      formats: resultFormats,
    })
    .catch(async (error: unknown) => {
      if (await missesHandlers(session, error, interrupt)) return undefined;
      throw error;
    });
  if (result === undefined || (await changesHandlers(session, result.effects, interrupt))) return undefined;
  const { fields, dataRows, tag, effects, notices } = result;
  for (const notice of notices) session.notice(notice);
  for (const effect of effects) await take(session, effect, interrupt);
  if (fields === null) return { kind: 'tag', tag };
  return { kind: 'rows', rows: keptRows(session, catalog, { fields, dataRows, tag }) };
}

/** The rows, in memory until they are read. */
function keptRows(
  session: ClientSession,
  catalog: ServerCatalog,
  { fields, dataRows, tag }: Pick<CatalogResult, 'dataRows' | 'tag'> & { readonly fields: readonly FieldDescription[] },
): RowStream {
  const portalOf = (stream: RowStream): Portal | undefined =>
    session.portals.all().find(({ state }) => openRows(state)?.rows === stream);
  const kept = catalog.keptAnswers.keep(session, dataRows, (stream) => portalOf(stream)?.name);
  const counted = (count: number): string => tag.replace(/\d+$/, String(count));
  kept.stream = encodedRowStream({ fields, dataRows: kept, tag: counted });
  return kept.stream;
}

async function describe(
  session: ClientSession,
  catalog: ServerCatalog,
  sql: string,
  parameterTypes: readonly number[],
  interrupt: Interrupt,
): Promise<CatalogDescription | undefined> {
  const asking = catalogSession(session, sql, interrupt);
  const route = await routeOf(catalog, sql, asking);
  if (route === undefined || (await asksForHandlers(session, route.settings, undefined, interrupt))) return undefined;
  return catalog.engine.describe(sql, { ...asking, ...route.told, parameterTypes });
}

/** Undefined for a statement of the handler's. @throws PgError for what nobody answers */
async function routeOf(
  catalog: ServerCatalog,
  sql: string,
  asking: CatalogSession & { readonly signal: AbortSignal },
): Promise<CatalogsStatement | undefined> {
  const { route, content } = await catalog.route(sql, asking);
  if (route.kind === 'refused') throw route.error;
  if (route.kind === 'handler') return undefined;
  return { told: { route, content }, settings: route.settings ?? [] };
}

/** What PostgreSQL has to know of the session that asks. */
function catalogSession(
  session: ClientSession,
  sql: string,
  interrupt: Interrupt,
): CatalogSession & { readonly signal: AbortSignal } {
  const { host, user, database, processId, remoteAddress, remotePort, identity, activity } = session;
  const { serverIp: serverAddress, serverPort } = identity.peer;
  const transactionId = asksForTransaction.test(sql)
    ? activity.transactionId(() => host.nextTransactionId())
    : activity.assignedTransactionId;
  return {
    user,
    isAuthenticated: session.isAuthenticated,
    database,
    settings: session.settingValues.shapingAnswers,
    initialSettings: () => session.settingValues.initialValues,
    settingSources: () => settingSources(session),
    signal: interrupt.signal,
    clock: { stop: () => session.timers.stopClock(), restart: () => session.timers.restartClock() },
    facts: {
      processId,
      started: host.started.toISOString(),
      transactionBegan: activity.transactionBegan,
      ...(transactionId !== undefined && { transactionId }),
      ...(serverAddress !== undefined && { serverAddress }),
      ...(serverPort !== undefined && { serverPort }),
      ...(remoteAddress === '' ? {} : { clientAddress: remoteAddress, clientPort: remotePort }),
    },
    preparedStatements: () => preparedStatementEntries(session),
    cursors: () => cursorEntries(session),
    listeningChannels: () => session.channels.listening,
    sessions: () => [...host.sessions()].map((other) => other.activity.row(other, user)),
  };
}

/**
 * current_setting() of a setting that there is not says what can be done, as SHOW does. A database that is gone since its
 * client was let in is missed by the catalog alone: the handler may go on without it.
 */
function rethrow(error: unknown): never {
  if (!isPgError(error)) throw error;
  if (error.sqlstate === sqlstate.invalid_catalog_name) throw new PgError({ ...error.fields, severity: 'ERROR' });
  const name = unrecognizedName(error);
  throw name === undefined ? error : unrecognizedSetting(name);
}

/** Does what a function of the statement wants done outside of PostgreSQL. */
async function take(session: ClientSession, effect: StatementEffect, interrupt: Interrupt): Promise<void> {
  if (effect.kind === 'setting') {
    const { name, local } = effect;
    const owner = await ownerOfSetting(session, name, interrupt);
    if (owner.kind === 'source') requireChangeable({ name: owner.name, context: 'internal' }, 'session');
    const scope = local ? 'transaction' : 'session';
    if (effect.value === null) resetSetting(session, name, scope);
    else await changeSetting(session, name, effect.value, scope, interrupt);
    return;
  }
  if (effect.kind === 'notify') {
    const { channel, payload } = effect;
    session.channels.add({ kind: 'notify', channel, payload });
    return;
  }
  reachSession(session, effect.kind, effect.processId);
}
