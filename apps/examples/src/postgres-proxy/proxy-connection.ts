import {
  BaseConnection,
  copyIn,
  copyOut,
  type EncodedRows,
  encodedRows,
  PgError,
  type QueryCallback,
  type QueryContext,
  type QueryResult,
  type StatementContext,
  type StatementDescription,
  type TransactionCommand,
  tag,
} from '@riffq/server';
import { AllData } from './all-data.js';
import { readCopyResponse, readFields, readParameterTypes } from './backend-messages.js';
import type { Exchange } from './exchange.js';
import { bind, describePortal, describeStatement, execute, parse, query, sync } from './frontend-messages.js';
import { LimitedRows } from './limited-rows.js';
import type { MessageRun } from './message-runs.js';
import { receiveData } from './receive-data.js';
import type { StatementLog } from './statement-log.js';
import { Upstream } from './upstream.js';
import type { UpstreamAddress } from './upstream-address.js';

/** What all connections of a proxy have in common. */
export interface ProxyOptions {
  readonly upstream: UpstreamAddress;
  readonly log?: StatementLog;
}

/** The class of connections that forward all their clients ask, each to a session of its own. */
export function proxyConnection({ upstream: address, log }: ProxyOptions) {
  return class ProxyConnection extends BaseConnection {
    #upstream: Upstream | undefined;
    #portals = 0;

    get #server(): Upstream {
      if (this.#upstream === undefined) throw new PgError({ message: 'there is no session with the upstream server' });
      return this.#upstream;
    }

    override async needsPassword(): Promise<boolean> {
      this.#upstream = await Upstream.open(address, this.session);
      return this.#upstream.needsPassword;
    }

    override async handleAuth(_user: string, password: string): Promise<boolean> {
      await this.#server.givePassword(password);
      return true;
    }

    override async handleCancel(): Promise<void> {
      await this.#upstream?.cancelRunning();
    }

    override handleDisconnect(): void {
      this.#upstream?.close();
    }

    override async handleDescribe(sql: string, context: StatementContext): Promise<StatementDescription> {
      const frames = [parse(sql, context.parameterTypes), describeStatement(), sync()];
      const exchange = await this.#server.begin(frames, 'extended', context.signal);
      const parameters = await exchange.next();
      const columns = await exchange.next();
      if (columns !== undefined) await exchange.next();
      return {
        parameterTypes: parameters === undefined ? [] : readParameterTypes(parameters.bytes),
        schema: columns === undefined ? null : readFields(columns.bytes),
      };
    }

    override async handleTransaction({ sql }: TransactionCommand, context: StatementContext): Promise<void> {
      log?.statement(this.session, sql);
      const exchange = await this.#server.begin([query(sql)], 'simple', context.signal);
      await exchange.next();
    }

    override handleSync(): void {
      this.#upstream?.sync();
    }

    override async handleFailedBlock(): Promise<void> {
      await this.#upstream?.failBlock();
    }

    override async handleQuery(sql: string, _callback: QueryCallback, context: QueryContext): Promise<QueryResult> {
      log?.statement(this.session, sql);
      if (context.protocol === 'simple') {
        return this.#answer(await this.#server.begin([query(sql)], 'simple', context.signal), context, '');
      }
      const { encodedArgs, resultFormats, maxRows } = context;
      // A portal that may be suspended must outlive the statements that run meanwhile.
      this.#portals += 1;
      const portal = maxRows === 0 ? '' : `proxy_${this.#portals}`;
      const frames = [
        parse(sql, context.parameterTypes),
        bind({ portal, ...encodedArgs, resultFormats }),
        describePortal(portal),
        execute(portal, maxRows),
        sync(),
      ];
      return this.#answer(await this.#server.begin(frames, 'extended', context.signal), context, portal);
    }

    async #answer(exchange: Exchange, context: QueryContext, portal: string): Promise<QueryResult> {
      return this.#reading(exchange, async () => {
        const first = await exchange.next();
        if (first === undefined) return tag(exchange.tag);
        if (first.type === 'G') {
          return copyIn({ ...readCopyResponse(first.bytes), receive: (data) => receiveData(exchange, data) });
        }
        if (first.type === 'H') {
          const copyData = new AllData(exchange);
          return copyOut({ ...readCopyResponse(first.bytes), copyData, tag: () => exchange.tag });
        }
        if (context.protocol === 'simple') return encodedRows(this.#results(exchange, first));
        return encodedRows(await this.#portalRows(exchange, first, context, portal));
      });
    }

    /** What a Query gives: rules may give several results. */
    #results(exchange: Exchange, description: MessageRun): EncodedRows {
      const dataRows = new AllData(exchange);
      return {
        ...{ fields: readFields(description.bytes), dataRows, tag: () => exchange.tag },
        further: () => {
          const { following } = dataRows;
          return following && this.#reading(exchange, async () => this.#results(exchange, following));
        },
      };
    }

    async #portalRows(
      exchange: Exchange,
      description: MessageRun,
      { maxRows, signal }: QueryContext,
      portal: string,
    ): Promise<EncodedRows> {
      const fields = readFields(description.bytes);
      if (maxRows === 0) {
        // A portal that is run again when it is done has no more rows.
        const ofNone = (): string => exchange.tag.replace(/\d+$/, '0');
        return { fields, dataRows: new AllData(exchange), tag: (count) => (count === 0 ? ofNone() : exchange.tag) };
      }
      const dataRows = await LimitedRows.open(this.#server, { name: portal, maxRows, signal }, exchange);
      return { fields, dataRows, tag: (count) => dataRows.tag(count) };
    }

    async #reading<T>(exchange: Exchange, read: () => Promise<T>): Promise<T> {
      try {
        return await read();
      } catch (error) {
        // The next statement waits for all that is still to be read.
        await exchange.abandon();
        throw error;
      }
    }
  };
}
