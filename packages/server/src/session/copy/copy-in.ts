import { CopyDecoder, type CopyOptions, resolveCopyOptions, type SkippedRow } from '@riffq/arrow-helpers';
import { type NoticeFields, PgError, sqlstate } from '@riffq/wire';
import type { RecordBatch } from 'apache-arrow';
import { Field, Schema } from 'apache-arrow/schema';
import { Utf8 } from 'apache-arrow/type';
import { requireRowCount } from '../../errors/result-errors.js';
import type { Interrupt } from '../../interrupt.js';
import { type CopyStatement, requireDistinctColumns } from '../../sql/copy-statement.js';
import type { ClientSession } from '../client-session.js';
import type { StatementRequest } from '../handler/statement-request.js';
import { CopyDataSource } from './copy-data-source.js';

/** As with PostgreSQL; a record batch of tens of thousands, which any client could ask for, takes many seconds to make. */
const maximumColumns = 1600;

/**
 * COPY ... FROM STDIN (manual, section 54.2.6): decodes what the client sends into record batches for `handleCopyIn`, which
 * are read from the connection as it asks for them. Answers the command's tag.
 */
export async function copyIn(
  session: ClientSession,
  copy: CopyStatement,
  request: StatementRequest,
  onBytes: (bytes: number) => void,
): Promise<string> {
  const { connection } = session;
  if (connection.handleCopyIn === undefined) {
    throw new PgError({
      sqlstate: sqlstate.feature_not_supported,
      message: 'COPY FROM STDIN is not supported',
      hint: 'implement handleCopyIn',
    });
  }
  if (copy.hasCondition) {
    throw new PgError({
      sqlstate: sqlstate.feature_not_supported,
      message: 'COPY FROM STDIN with WHERE is not supported',
      hint: 'Copy all rows and filter them afterwards.',
    });
  }
  const options = resolveCopyOptions(copy.options, 'from');
  const table = copy.table ?? [];
  const name = table.at(-1) ?? '';
  const { interrupt } = request;
  const schema = await targetSchema(session, copy, options, interrupt);
  const decoder = new CopyDecoder(schema, options, {
    table: name,
    lineBytes: session.host.limits.messageBytes.CopyData,
    settings: session.settingValues.input,
    isWholeTable: copy.columns === null,
    ...(options.logVerbosity === 'verbose' && { onSkippedRow: (row) => session.notice(skippedRow(name, row)) }),
  });
  const format = options.format === 'binary' ? 'binary' : 'text';
  session.send({ type: 'CopyInResponse', format, columnFormats: schema.fields.map(() => format) });
  session.outbound.flush();

  const source = new CopyDataSource(session, interrupt, onBytes, () => `COPY ${name}, line ${decoder.line}`);
  let failure: unknown;
  async function* batches(): AsyncGenerator<RecordBatch> {
    try {
      for await (const data of source.read()) yield* decoder.push(data);
      yield* decoder.end();
    } catch (error) {
      source.tellViolation();
      failure = error;
      throw error;
    }
  }
  const target = { sql: copy.sql, table, columns: copy.columns, format: options.format };
  const context = { session, signal: interrupt.signalFor(session.host.logger), parameterTypes: [] };
  const copying = Promise.resolve(connection.handleCopyIn(target, { schema, batches: batches() }, context));
  const count = await interrupt.race(copying).catch((error: unknown) => {
    throw failure ?? error;
  });
  // What was wrong with the data is what the client should read, whatever the handler made of it.
  if (failure !== undefined) throw failure;
  // A handler may have seen enough before the client had sent all.
  for await (const _ of source.read());
  requireRowCount('handleCopyIn', count);
  if (decoder.skippedRows > 0 && options.logVerbosity !== 'silent') session.notice(skipped(decoder.skippedRows));
  return `COPY ${count}`;
}

function skipped(rows: number): NoticeFields {
  const subject = rows === 1 ? '1 row was' : `${rows} rows were`;
  return {
    severity: 'NOTICE',
    sqlstate: sqlstate.successful_completion,
    message: `${subject} skipped due to data type incompatibility`,
  };
}

function skippedRow(table: string, { line, column, value }: SkippedRow): NoticeFields {
  return {
    severity: 'NOTICE',
    sqlstate: sqlstate.successful_completion,
    message: `skipping row due to data type incompatibility at line ${line} for column "${column}": ${value}`,
    where: `COPY ${table}`,
  };
}

/** The target's columns: as `handleDescribe` says of a SELECT of them; without it all are text, and have to be named. */
async function targetSchema(
  session: ClientSession,
  copy: CopyStatement,
  options: CopyOptions,
  interrupt: Interrupt,
): Promise<Schema> {
  const { connection } = session;
  if (connection.handleDescribe !== undefined) {
    const context = { session, signal: interrupt.signalFor(session.host.logger), parameterTypes: [] };
    const { schema } = await interrupt.race(Promise.resolve(connection.handleDescribe(copy.query, context)));
    if (copy.columns !== null) requireDistinctColumns(copy.columns);
    if (schema !== null && 'fields' in schema) return schema;
  }
  if (copy.columns === null) {
    throw new PgError({
      sqlstate: sqlstate.feature_not_supported,
      message: 'COPY FROM STDIN needs a list of columns here',
      hint: 'Write COPY table (column, ...) FROM STDIN, or implement handleDescribe.',
    });
  }
  if (copy.columns.length > maximumColumns) {
    throw new PgError({
      sqlstate: sqlstate.too_many_columns,
      message: `tables can have at most ${maximumColumns} columns`,
    });
  }
  if (options.format === 'binary') {
    throw new PgError({
      sqlstate: sqlstate.feature_not_supported,
      message: 'COPY FROM STDIN in binary needs the types of the columns',
      hint: 'Use the text or CSV format, or implement handleDescribe.',
    });
  }
  requireDistinctColumns(copy.columns);
  return new Schema(copy.columns.map((name) => new Field(name, new Utf8(), true)));
}
