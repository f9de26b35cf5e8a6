import type { Statement } from './statement.js';
import { classifyStatement } from './statement-class.js';
import { type Word, wordsOf } from './words.js';

const reads = new Set('SELECT WITH VALUES TABLE FROM EXPLAIN SHOW DESCRIBE SUMMARIZE'.split(' '));

/** What may stand before a parenthesis without being a function, or is one that writes nothing. */
const writesNothing = new Set(
  [
    'ALL AND ANALYZE ANY ARRAY AS BETWEEN BY CASE CAST COALESCE CUBE DISTINCT ELSE EXCEPT EXISTS EXPLAIN EXTRACT FETCH FILTER',
    'FIRST FROM GREATEST GROUP HAVING ILIKE IN INTERSECT IS JOIN KEY LATERAL LEAST LIKE LIMIT MATERIALIZED NEXT NOT NULLIF',
    'OFFSET ON ONLY OR OVER OVERLAY POSITION RETURNING ROLLUP ROW ROWS SELECT SETS SIMILAR SOME SUBSTRING THEN TO TRIM UNION',
    'USING VALUES WHEN WHERE WITH',
    'BIT CHAR CHARACTER DEC DECIMAL FLOAT INTERVAL NCHAR NUMERIC TIME TIMESTAMP TIMESTAMPTZ TIMETZ VARBIT VARCHAR VARYING',
    'ARRAY_AGG AVG BOOL_AND BOOL_OR COUNT EVERY JSON_AGG JSONB_AGG JSON_OBJECT_AGG JSONB_OBJECT_AGG MAX MIN STRING_AGG SUM',
    'CUME_DIST DENSE_RANK FIRST_VALUE LAG LAST_VALUE LEAD NTH_VALUE NTILE PERCENT_RANK RANK ROW_NUMBER',
    'ABS CEIL CEILING FLOOR MOD POWER RANDOM ROUND SIGN SQRT TRUNC',
    'BTRIM CONCAT CONCAT_WS FORMAT LEFT LENGTH LOWER LPAD LTRIM MD5 REGEXP_MATCHES REGEXP_REPLACE REPEAT REPLACE REVERSE RIGHT',
    'RPAD RTRIM SPLIT_PART STARTS_WITH STRPOS SUBSTR TO_CHAR TO_DATE TO_NUMBER TO_TIMESTAMP UPPER',
    'AGE DATE_PART DATE_TRUNC MAKE_DATE MAKE_INTERVAL NOW',
    'ARRAY_LENGTH ARRAY_TO_STRING CARDINALITY GENERATE_SERIES GENERATE_SUBSCRIPTS STRING_TO_ARRAY UNNEST',
    'JSON_BUILD_ARRAY JSONB_BUILD_ARRAY JSON_BUILD_OBJECT JSONB_BUILD_OBJECT ROW_TO_JSON TO_JSON TO_JSONB',
    'RANGE READ_CSV READ_CSV_AUTO READ_JSON READ_JSON_AUTO READ_PARQUET',
  ].flatMap((names) => names.split(' ')),
);

/**
 * Whether running a statement may change something, as far as its words say: it writes, is of an unknown kind, or calls a
 * function that is not known to write nothing. Those inside of a view, an operator, a cast or `table.function` do not show.
 */
export function mayWrite(statement: Statement): boolean {
  statement.mayWrite ??=
    classifyStatement(statement) !== 'reads' || !reads.has(statement.keyword) || callsUnknown(wordsOf(statement.sql));
  return statement.mayWrite;
}

function callsUnknown(words: readonly Word[]): boolean {
  return words.some(({ kind, keyword }, at) => {
    if ((kind !== 'word' && kind !== 'quotedIdentifier') || words[at + 1]?.text !== '(') return false;
    return !writesNothing.has(keyword) || isOfSchema(words, at);
  });
}

/** A name with a schema before it may be anybody's, but in PostgreSQL's own. */
function isOfSchema(words: readonly Word[], at: number): boolean {
  return words[at - 1]?.text === '.' && words[at - 2]?.keyword !== 'PG_CATALOG';
}
