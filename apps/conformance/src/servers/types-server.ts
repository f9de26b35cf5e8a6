import {
  BaseConnection,
  type CopyTarget,
  type ParameterValue,
  type QueryCallback,
  type QueryContext,
  type QueryResult,
  RiffqServer,
  type StatementDescription,
  tag,
  toArrow,
} from '@riffq/server';
import { typeOid } from '@riffq/wire';
import { Field, makeData, RecordBatch, Schema, Struct, Utf8, vectorFromArray } from 'apache-arrow';
import { readValuesQuery } from '../type-results.js';

const ECHO = /^SELECT CAST\(\$1 AS (.+)\) AS value$/;
const CREATE = /^CREATE TEMPORARY TABLE (\w+) \(value (.+)\)$/;
const COPIED = /^select "?value"? from "?(\w+)"?/i;

interface Table {
  readonly schema: Schema;
  readonly batches: RecordBatch[];
}

/** Values of any type: what a query lists, what a parameter is, what was copied into a table of one column. */
class TypesConnection extends BaseConnection {
  readonly #tables = new Map<string, Table>();

  override handleQuery(sql: string, _callback: QueryCallback, { args }: QueryContext): QueryResult {
    const listed = readValuesQuery(sql);
    if (listed !== undefined) return declared(listed.type, listed.texts);
    const [, echoed] = ECHO.exec(sql) ?? [];
    if (echoed !== undefined) return echo(echoed, args[0]);
    const [, created, type] = CREATE.exec(sql) ?? [];
    if (created !== undefined && type !== undefined) {
      this.#tables.set(created, { schema: schemaOf(type), batches: [] });
      return tag('CREATE TABLE');
    }
    if (sql.startsWith('DROP TABLE')) return tag('DROP TABLE');
    const table = this.#tableIn(sql);
    if (table !== undefined) return table;
    throw new Error(`no values for: ${sql}`);
  }

  override async handleDescribe(sql: string): Promise<StatementDescription> {
    const [, echoed] = ECHO.exec(sql) ?? [];
    if (echoed !== undefined) return { parameterTypes: [oidOf(echoed)], schema: schemaOf(echoed) };
    const listed = readValuesQuery(sql);
    if (listed !== undefined) return { parameterTypes: [], schema: declared(listed.type, []).schema };
    return { parameterTypes: [], schema: this.#tableIn(sql)?.schema ?? null };
  }

  override async handleCopyIn({ table }: CopyTarget, { batches }: { readonly batches: AsyncIterable<RecordBatch> }) {
    let rows = 0;
    for await (const batch of batches) {
      this.#tables.get(table.at(-1) ?? '')?.batches.push(batch);
      rows += batch.numRows;
    }
    return rows;
  }

  #tableIn(sql: string): Table | undefined {
    return this.#tables.get(COPIED.exec(sql)?.[1] ?? '');
  }
}

/** Starts a server over strings that are declared as PostgreSQL's types. */
export async function startTypesServer(): Promise<RiffqServer> {
  const server = new RiffqServer({ host: '127.0.0.1', port: 0 }, TypesConnection, { sessionStatements: 'server' });
  await server.listen({ catalogEmulation: true });
  return server;
}

/** A client that does not say the type of a parameter sends its text. */
function echo(type: string, value: ParameterValue = null): QueryResult {
  return typeof value === 'string' ? declared(type, [value]) : toArrow([column(type)], [[value]]);
}

/** Strings that are declared as a type. */
function declared(type: string, texts: readonly (string | null)[]): RecordBatch {
  const field = new Field('value', new Utf8(), true, new Map([['PG:type', type]]));
  const children = [...vectorFromArray([...texts], field.type).data];
  const data = makeData({ type: new Struct([field]), length: texts.length, nullCount: 0, children });
  return new RecordBatch(new Schema([field]), data);
}

function column(type: string) {
  return { name: 'value', type };
}

function schemaOf(type: string): Schema {
  return toArrow([column(type)], []).schema;
}

function oidOf(type: string): number {
  const name = type.replace(/^(.+)\[\]$/, '_$1').replaceAll('"', '');
  return Object.entries(typeOid).find(([known]) => known === name)?.[1] ?? 0;
}
