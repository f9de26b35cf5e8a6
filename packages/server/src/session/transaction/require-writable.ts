import { inReadOnlyTransaction } from '../../errors/statement-errors.js';
import type { Statement } from '../../sql/statement.js';
import { writingCommand } from '../../sql/writing-command.js';
import type { ClientSession } from '../client-session.js';

/**
 * A handler cannot make its transaction READ ONLY late, or has none: what is known to write by its words is refused here.
 * Where SET is the handler's, so are the modes.
 *
 * @throws PgError 25006
 */
export function requireWritable({ settingValues, host }: ClientSession, statement: Statement): void {
  if (!settingValues.isReadOnly || host.sessionStatements === 'handler') return;
  const command = writingCommand(statement);
  if (command !== undefined) throw inReadOnlyTransaction(command);
}
