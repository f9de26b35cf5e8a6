type SnakeName<Name> = Name extends `${infer First}${infer Rest}`
  ? `${First extends Lowercase<First> ? First : `_${Lowercase<First>}`}${SnakeName<Rest>}`
  : Name;

/** A row in the Python original's spelling: `reltype_oid` for `reltypeOid`, all the way down. */
export type SnakeCase<Row> = Row extends string | number | bigint | boolean | null | undefined
  ? Row
  : Row extends readonly (infer Item)[]
    ? readonly SnakeCase<Item>[]
    : { readonly [Name in keyof Row as SnakeName<Name>]: SnakeCase<Row[Name]> };

const known = new Map<string, string>();

/** `reltype_oid` for `reltypeOid`. */
export function snakeCase(name: string): string {
  let snake = known.get(name);
  if (snake === undefined) {
    snake = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    known.set(name, snake);
  }
  return snake;
}
