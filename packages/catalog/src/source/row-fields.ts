/** Fields of a row that a program gave, whatever they are. */
export type Fields<Name extends string> = { readonly [Field in Name]?: unknown };

/** Whether it is an object, whose fields can be looked at. */
export function isRow<Name extends string>(value: unknown): value is Fields<Name> {
  return typeof value === 'object' && value !== null;
}
