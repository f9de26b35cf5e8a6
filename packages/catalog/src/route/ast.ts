/** A node of the parser's tree, or a part of one: `{ SelectStmt: { targetList: [...] } }`. */
export type AstObject = Readonly<Record<string, unknown>>;

/** Whether a value of the tree has fields; lists and plain values have none. */
export function isAstObject(value: unknown): value is AstObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A field that holds a text, undefined when the parser left it out. */
export function textField(node: AstObject, name: string): string | undefined {
  const value = node[name];
  return typeof value === 'string' ? value : undefined;
}

/** A field that holds a list; the parser leaves out empty ones. */
export function listField(node: AstObject, name: string): readonly unknown[] {
  const value = node[name];
  return Array.isArray(value) ? value : [];
}

/** The node of this kind that a value is, without its wrapping: `{ String: x }` is x. */
export function nodeOf(value: unknown, kind: string): AstObject | undefined {
  const node = isAstObject(value) ? value[kind] : undefined;
  return isAstObject(node) ? node : undefined;
}

/** A table, function or type as a statement names it; `schema` is undefined when it is not written. */
export interface WrittenName {
  readonly schema: string | undefined;
  readonly name: string;
}

/** A name as the tree has it, a list of String nodes: its last part, and the part before it. */
export function qualifiedName(parts: readonly unknown[]): WrittenName {
  const texts = parts.map((part) => textField(nodeOf(part, 'String') ?? {}, 'sval') ?? '');
  return { schema: texts.at(-2), name: texts.at(-1) ?? '' };
}
