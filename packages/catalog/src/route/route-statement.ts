import type { PgError } from '@riffq/wire';
import { joinsCatalogWithTables, permissionDenied } from '../errors/statement-errors.js';
import { isAstObject, listField, nodeOf, textField } from './ast.js';
import { isCatalogFunction, runsTextAsSql } from './catalog-function.js';
import { collectReferences, type References, type WrittenCall } from './collect-references.js';
import { isCatalogRelation, isRowType, type NameContext } from './is-catalog-relation.js';
import { PostgresParser } from './postgres-parser.js';
import { mayBeCatalogQuery } from './prefilter.js';

/** Who answers a statement: the engine, the user's handler, or nobody. */
export type Route =
  | {
      readonly kind: 'catalog';
      /** It ends what other sessions do, and reads nothing but who they are. */
      readonly reachesSessions?: true;
      /** Settings that it asks for: their names, or the numbers of the parameters that name them. */
      readonly settings?: readonly (string | number)[];
    }
  | { readonly kind: 'handler' }
  | { readonly kind: 'refused'; readonly error: PgError };

/** One for the process: compiling it takes longer than all it will do for most sessions. */
const parser = new PostgresParser();

const handler: Route = { kind: 'handler' };

/** What ends other sessions, or what they run. */
const reaching = new Set(['pg_cancel_backend', 'pg_terminate_backend']);
/** Relations that tell of sessions, and have nothing of a source's schemas. */
const ofSessions = new Set(['pg_stat_activity', 'pg_stat_ssl', 'pg_roles', 'pg_user', 'pg_database']);

/** Loads the parser before a statement needs it. The first that it reads is what V8 compiles most of it for. */
export function prepareRouting(): void {
  void parser.parse('SELECT FROM pg_class');
}

/**
 * Decides who answers one statement (a text of several goes to the handler whole). The catalog gets only what PostgreSQL's
 * parser knows to be a read of PostgreSQL's own tables or functions; what it cannot parse, or what is longer than 32 KiB, is
 * the handler's, whose dialect may be another.
 */
export async function routeStatement(sql: string, context: NameContext): Promise<Route> {
  if (!mayBeCatalogQuery(sql, context.searchPath.join())) return handler;
  const references = await referencesOf(sql);
  if (references === undefined) return handler;
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

async function referencesOf(sql: string): Promise<References | undefined> {
  const tree = await parser.parse(sql);
  const [only, ...more] = isAstObject(tree) ? listField(tree, 'stmts') : [];
  if (!isAstObject(only) || more.length > 0) return undefined;
  try {
    return collectReferences(only['stmt']);
  } catch (error) {
    // A tree too deep for this stack; the parser's own limit is elsewhere.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
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

function checkCalls({ calls, relations }: References): Route {
  const refused = calls.find(runsTextAsSql);
  if (refused !== undefined) return { kind: 'refused', error: permissionDenied(refused.name) };
  const reachesSessions =
    calls.some(({ name }) => reaching.has(name)) && relations.every(({ name }) => ofSessions.has(name));
  const settings = calls.flatMap(settingAskedFor);
  return { kind: 'catalog', ...(reachesSessions && { reachesSessions }), ...(settings.length > 0 && { settings }) };
}

function settingAskedFor({ name, arguments: [setting] }: WrittenCall): readonly (string | number)[] {
  if (name !== 'current_setting') return [];
  const asked = withoutCast(setting);
  const parameter = nodeOf(asked, 'ParamRef')?.['number'];
  const known = typeof parameter === 'number' ? parameter : textConstant(asked);
  return known === undefined ? [] : [known];
}

function withoutCast(node: unknown): unknown {
  return nodeOf(node, 'TypeCast')?.['arg'] ?? node;
}

function textConstant(node: unknown): string | undefined {
  const constant = nodeOf(nodeOf(node, 'A_Const'), 'sval');
  return constant === undefined ? undefined : textField(constant, 'sval');
}
