import type {
  BaseConnection,
  ConnectionClass,
  CopyTarget,
  QueryCallback,
  QueryContext,
  QueryResult,
  StatementContext,
  StatementDescription,
  TransactionCommand,
} from '@riffq/server';
import type { ArrowSource } from './write/arrow-source.js';

/** One client's connection: its statements, transactions and COPY are answered by a connection of DuckDB of its own. */
export interface DuckDBConnection extends BaseConnection {
  handleQuery(sql: string, callback: QueryCallback, context: QueryContext): Promise<QueryResult>;
  hasSetting(name: string, context: { readonly signal: AbortSignal }): Promise<boolean>;
  handleDescribe(sql: string, context: StatementContext): Promise<StatementDescription>;
  handleTransaction(command: TransactionCommand, context: StatementContext): Promise<void>;
  handleCopyIn(target: CopyTarget, stream: ArrowSource, context: StatementContext): Promise<number>;
}

/** What `RiffqServer` makes connections of; extend it to ask for passwords. */
export type DuckDBConnectionClass = new (...parameters: ConstructorParameters<ConnectionClass>) => DuckDBConnection;
