import { notAReadingStatement } from '../errors/statement-errors.js';

const reading = new Set(['SELECT', 'WITH', 'VALUES', 'TABLE', 'SHOW', 'EXPLAIN']);
const blank = /[ \t\n\r\f\v]/;

/**
 * Makes sure that a text begins as only statements do that read. PostgreSQL tells statements apart by their first word,
 * and takes one at a time from Parse, so with the read-only transaction around it nothing else can be hidden behind.
 *
 * @throws PgError 0A000
 */
export function checkReadingStatement(sql: string): void {
  let position = afterBlanksAndComments(sql, 0);
  while (sql[position] === '(') position = afterBlanksAndComments(sql, position + 1);
  const word = /^[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*/.exec(sql.slice(position, position + 64))?.[0] ?? '';
  if (!reading.has(word.toUpperCase())) throw notAReadingStatement(word.toUpperCase());
}

function afterBlanksAndComments(sql: string, start: number): number {
  let position = start;
  for (;;) {
    if (position < sql.length && blank.test(sql[position]!)) position++;
    else if (sql.startsWith('--', position)) position = endOfLine(sql, position);
    else if (sql.startsWith('/*', position)) position = endOfComment(sql, position);
    else return position;
  }
}

function endOfLine(sql: string, start: number): number {
  const end = sql.slice(start).search(/[\r\n]/);
  return end === -1 ? sql.length : start + end;
}

/** Comments nest. */
function endOfComment(sql: string, start: number): number {
  let position = start + 2;
  for (let depth = 1; depth > 0; ) {
    if (position >= sql.length) return sql.length;
    if (sql.startsWith('/*', position)) {
      depth++;
      position += 2;
    } else if (sql.startsWith('*/', position)) {
      depth--;
      position += 2;
    } else {
      position++;
    }
  }
  return position;
}
