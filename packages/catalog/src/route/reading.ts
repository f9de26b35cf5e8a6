import { isAstObject, listField, nodeOf } from './ast.js';
import { collectReferences, type References } from './collect-references.js';
import type { ParseError, PostgresParser } from './postgres-parser.js';

/** What is known of a statement once PostgreSQL's parser has looked at it. */
export type Reading =
  /** One statement that does nothing but read. */
  | { readonly kind: 'reads'; readonly references: References }
  /** SHOW of a setting. */
  | { readonly kind: 'shows' }
  /** One that does something else, or none. */
  | { readonly kind: 'other' }
  | { readonly kind: 'several' }
  | ParseError
  /** Whatever it is, it is longer, larger or deeper than what is parsed, or takes too long. */
  | { readonly kind: 'tooComplex' };

/** Different tables and types that a statement may name: each of them is looked for among the source's. */
const mostNames = 1000;

/** Has a text parsed, and sees what it does. */
export async function readingOf(parser: PostgresParser, sql: string): Promise<Reading> {
  const parsed = await parser.parse(sql);
  if (parsed.kind !== 'tree') return parsed;
  const [only, ...more] = isAstObject(parsed.tree) ? listField(parsed.tree, 'stmts') : [];
  if (more.length > 0) return { kind: 'several' };
  if (!isAstObject(only)) return { kind: 'other' };
  const statement = only['stmt'];
  if (nodeOf(statement, 'VariableShowStmt') !== undefined) return { kind: 'shows' };
  try {
    const references = collectReferences(statement);
    if (references === undefined) return { kind: 'other' };
    const { relations, types } = references;
    return relations.length + types.length > mostNames ? { kind: 'tooComplex' } : { kind: 'reads', references };
  } catch (error) {
    // A tree too deep for this stack; the parser's own limit is elsewhere.
    if (error instanceof RangeError) return { kind: 'tooComplex' };
    throw error;
  }
}
