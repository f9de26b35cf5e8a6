import {
  notAReadingStatement,
  severalStatements,
  statementTooComplex,
  syntaxError,
} from './errors/statement-errors.js';
import type { ReadingFor } from './route/parser-thread.js';
import { readStatement } from './route/read-statement.js';

/**
 * Makes sure that PostgreSQL's parser sees a text as one statement that does nothing but read, or shows a setting: only such
 * may reach the engine, whose read-only transaction does not keep EXPLAIN ANALYZE from making tables.
 *
 * @throws PgError 0A000, 42601, 54001
 */
export async function requireReading(sql: string, session: ReadingFor): Promise<void> {
  const reading = await readStatement(sql, session);
  switch (reading.kind) {
    case 'reads':
    case 'shows':
      return;
    case 'syntaxError':
      throw syntaxError(reading.message, reading.position);
    case 'several':
      throw severalStatements();
    case 'tooComplex':
      throw statementTooComplex();
    case 'other':
      throw notAReadingStatement();
  }
}
