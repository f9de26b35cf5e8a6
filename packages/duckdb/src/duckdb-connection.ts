import type {
  BaseConnection,
  ConnectionClass,
  QueryCallback,
  QueryContext,
  QueryResult,
  StatementContext,
  StatementDescription,
  TransactionCommand,
} from '@riffq/server';

/** One client's connection: statements, descriptions and transactions are answered by a connection of DuckDB of its own. */
export interface DuckDBConnection extends BaseConnection {
  handleQuery(sql: string, callback: QueryCallback, context: QueryContext): Promise<QueryResult>;
  handleDescribe(sql: string, context: StatementContext): Promise<StatementDescription>;
  handleTransaction(command: TransactionCommand, context: StatementContext): Promise<void>;
}

/** What `RiffqServer` makes connections of; extend it to ask for passwords. */
export type DuckDBConnectionClass = new (...parameters: ConstructorParameters<ConnectionClass>) => DuckDBConnection;
