import type { PgError } from '@riffq/wire';
import { joinsCatalogWithTables, permissionDenied } from '../errors/statement-errors.js';
import { isCatalogFunction, runsTextAsSql } from './catalog-function.js';
import type { References } from './collect-references.js';
import { isCatalogRelation, isRowType, type NameContext } from './is-catalog-relation.js';
import type { ReadingFor } from './parser-thread.js';
import { mayBeCatalogQuery } from './prefilter.js';
import { readStatement } from './read-statement.js';

/** A statement is the engine's: it has been seen to do nothing but read. */
export interface CatalogRoute {
  readonly kind: 'catalog';
  /** It ends what other sessions do, or tells it, and reads nothing but who they are. */
  readonly reachesSessions?: true;
  /** Settings that it asks for: their names, or the numbers of the parameters that name them. */
  readonly settings?: readonly (string | number)[];
}

/** Who answers a statement: the engine, the user's handler, or nobody. */
export type Route = CatalogRoute | { readonly kind: 'handler' } | { readonly kind: 'refused'; readonly error: PgError };

const handler: Route = { kind: 'handler' };

/** What ends other sessions, or what they run. */
const reaching = new Set(['pg_cancel_backend', 'pg_terminate_backend']);
/** Relations that tell of sessions, and have nothing of a source's schemas. */
const ofSessions = new Set(['pg_stat_activity', 'pg_stat_ssl', 'pg_roles', 'pg_user', 'pg_database']);

/**
 * Decides who answers one statement (a text of several goes to the handler whole). The catalog gets only what PostgreSQL's
 * parser knows to be a read of PostgreSQL's own tables or functions; what it cannot parse is the handler's, whose dialect may be
 * another. A text over 32 KiB is parsed in a thread, which takes one at a time; one over 2 MiB, or that takes the parser more than ten
 * seconds (three when others wait) or more memory than there is for it, is the handler's. So are for a minute all long ones of who has
 * sent three such texts.
 *
 * @param session - whose statement it is: of long ones next comes that of who has had the least time, and its signal ends the wait
 */
export async function routeStatement(sql: string, context: NameContext, session?: ReadingFor): Promise<Route> {
  if (!mayBeCatalogQuery(sql, context.searchPath.join())) return handler;
  const reading = await readStatement(sql, session);
  if (reading.kind !== 'reads') return handler;
  const { references } = reading;
  const { relations } = references;
  const areCatalogs = await Promise.all(relations.map((relation) => isCatalogRelation(relation, context)));
  const foreign = relations.find((_, at) => !areCatalogs[at]);
  if (foreign === undefined) {
    const isCatalogs = relations.length > 0 || asksServer(references) || (await namesRowType(references, context));
    return isCatalogs ? checkCalls(references) : handler;
  }
  const own = relations.find((_, at) => areCatalogs[at]);
  return own === undefined ? handler : { kind: 'refused', error: joinsCatalogWithTables(own.name, foreign.name) };
}

/** Whether a statement without tables asks something that only the server knows. */
function asksServer({ calls, types, valueFunctions }: References): boolean {
  return (
    calls.some(isCatalogFunction) ||
    types.some(({ schema, name }) => (schema ?? 'pg_catalog') === 'pg_catalog' && /^reg[a-z]/.test(name)) ||
    valueFunctions.some((name) => /_(?:USER|ROLE|CATALOG|SCHEMA)$/.test(name))
  );
}

async function namesRowType({ types }: References, context: NameContext): Promise<boolean> {
  for (const type of types) if (await isRowType(type, context)) return true;
  return false;
}

function checkCalls({ calls, relations, types, settings }: References): Route {
  const refused = calls.find(runsTextAsSql);
  if (refused !== undefined) return { kind: 'refused', error: permissionDenied(refused.name) };
  const reachesSessions =
    (calls.some(({ name }) => reaching.has(name)) || relations.some(({ name }) => name === 'pg_stat_activity')) &&
    relations.every(({ name }) => ofSessions.has(name)) &&
    types.every(({ name }) => !name.startsWith('reg'));
  return { kind: 'catalog', ...(reachesSessions && { reachesSessions }), ...(settings.length > 0 && { settings }) };
}
