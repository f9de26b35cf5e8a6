import { type AstObject, isAstObject, listField, nodeOf, qualifiedName, textField, type WrittenName } from './ast.js';

/** What a reading statement refers to, each thing once; names of common table expressions are not in it. */
export interface References {
  readonly relations: readonly WrittenName[];
  readonly calls: readonly WrittenName[];
  /** Types of casts. */
  readonly types: readonly WrittenName[];
  /** CURRENT_USER and its like: words that are functions. */
  readonly valueFunctions: readonly string[];
  /** Settings that current_setting() is asked for: their names, or the numbers of the parameters that name them. */
  readonly settings: readonly (string | number)[];
}

type Scope = ReadonlySet<string>;

/**
 * Walks over a statement. Undefined unless it is known to do nothing but read: a SELECT, VALUES or TABLE, or an EXPLAIN of
 * one, in which no part writes, makes a table or locks rows.
 */
export function collectReferences(statement: unknown): References | undefined {
  const collector = new Collector();
  const explained = nodeOf(statement, 'ExplainStmt');
  const query = explained === undefined ? statement : explained['query'];
  collector.visit(query, new Set());
  return nodeOf(query, 'SelectStmt') !== undefined && collector.onlyReads ? collector.references() : undefined;
}

class Collector {
  readonly #relations = new WrittenNames();
  readonly #calls = new WrittenNames();
  readonly #types = new WrittenNames();
  readonly #valueFunctions = new Set<string>();
  readonly #settings = new Set<string | number>();
  onlyReads = true;

  references(): References {
    return {
      relations: this.#relations.all(),
      calls: this.#calls.all(),
      types: this.#types.all(),
      valueFunctions: [...this.#valueFunctions],
      settings: [...this.#settings],
    };
  }

  visit(value: unknown, scope: Scope): void {
    if (Array.isArray(value)) {
      for (const item of value) this.visit(item, scope);
      return;
    }
    if (!isAstObject(value)) return;
    const inner = isAstObject(value['withClause']) ? this.#visitWith(value['withClause'], scope) : scope;
    for (const [key, child] of Object.entries(value)) {
      if (key === 'withClause') continue;
      if (isAstObject(child)) this.#note(key, child, inner);
      this.visit(child, inner);
    }
  }

  /** Gives the scope of what the WITH belongs to. An expression sees those before it; with RECURSIVE it sees all. */
  #visitWith(clause: AstObject, scope: Scope): Scope {
    const expressions = listField(clause, 'ctes').map((item) => nodeOf(item, 'CommonTableExpr') ?? {});
    const inner = new Set(scope);
    const add = (expression: AstObject): void => void inner.add(textField(expression, 'ctename') ?? '');
    if (clause['recursive'] === true) expressions.forEach(add);
    for (const expression of expressions) {
      this.visit(expression, new Set(inner));
      add(expression);
    }
    return inner;
  }

  #note(kind: string, node: AstObject, scope: Scope): void {
    if (kind === 'RangeVar') this.#noteRelation(node, scope);
    else if (kind === 'FuncCall') this.#noteCall(node);
    else if (kind === 'typeName') this.#types.add(qualifiedName(listField(node, 'names')));
    else if (kind === 'SQLValueFunction') this.#valueFunctions.add(textField(node, 'op') ?? '');
    else if (kind === 'intoClause' || kind === 'LockingClause') this.onlyReads = false;
    else if (kind.endsWith('Stmt') && kind !== 'SelectStmt') this.onlyReads = false;
  }

  #noteRelation(node: AstObject, scope: Scope): void {
    const schema = textField(node, 'schemaname');
    const name = textField(node, 'relname') ?? '';
    if (schema === undefined && scope.has(name)) return;
    this.#relations.add({ schema, name });
  }

  #noteCall(node: AstObject): void {
    const written = qualifiedName(listField(node, 'funcname'));
    // EXTRACT(...), TRIM(...), AT TIME ZONE: the parser makes calls of pg_catalog out of SQL's own syntax.
    const madeByParser = textField(node, 'funcformat') === 'COERCE_SQL_SYNTAX' && written.name !== 'system_user';
    if (madeByParser) return;
    this.#calls.add(written);
    const setting = written.name === 'current_setting' ? namedBy(listField(node, 'args')[0]) : undefined;
    if (setting !== undefined) this.#settings.add(setting);
  }
}

/** Names, each once: a long statement has the same ones again and again. */
class WrittenNames {
  readonly #names = new Map<string, WrittenName>();

  add({ schema, name }: WrittenName): void {
    // A name has no NUL.
    this.#names.set(`${schema ?? ''}\0${name}`, { schema, name });
  }

  all(): readonly WrittenName[] {
    return [...this.#names.values()];
  }
}

/** The name that an argument is, or the number of the parameter that has it; undefined for what the statement makes. */
function namedBy(argument: unknown): string | number | undefined {
  const value = nodeOf(argument, 'TypeCast')?.['arg'] ?? argument;
  const parameter = nodeOf(value, 'ParamRef')?.['number'];
  if (typeof parameter === 'number') return parameter;
  return textField(nodeOf(nodeOf(value, 'A_Const'), 'sval') ?? {}, 'sval');
}
