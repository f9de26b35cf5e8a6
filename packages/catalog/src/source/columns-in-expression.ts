/** Names in SQL: quoted, or whole words that are no calls nor qualifiers. Strings are read so that their words are none. */
const nameInSql =
  /'(?:[^']|'')*'|"((?:[^"]|"")+)"|(?<![\w$\u0080-\uffff])([a-z_\u0080-\uffff][\w$\u0080-\uffff]*)(?![\w$\u0080-\uffff]|\s*[.(])/gi;

/** The columns that an expression speaks of, in the order in which it does; PostgreSQL keeps them in `conkey`. */
export function columnsInExpression(expression: string, columns: readonly string[]): readonly string[] {
  const named = [...expression.matchAll(nameInSql)].map(([, quoted, word]) =>
    quoted === undefined ? word?.toLowerCase() : quoted.replaceAll('""', '"'),
  );
  return [...new Set(named)].filter((name) => name !== undefined).filter((name) => columns.includes(name));
}
