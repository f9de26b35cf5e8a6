import { BaseConnection, PgError, type QueryContext, RiffqServer, toArrow } from '@riffq/server';

// Work that blocks goes to the executor: a pool of threads, made when it is first used. All other clients are served
// meanwhile, and a cancelled query ends its thread.
const filename = new URL('./blocking-work/count-primes.js', import.meta.url).href;

class Connection extends BaseConnection {
  override async handleQuery(sql: string, _callback: unknown, { signal }: QueryContext) {
    if (/^select 1$/i.test(sql)) return [{ one: 1 }];
    const [, limit] = /^select count_primes\((\d+)\)$/i.exec(sql) ?? [];
    if (limit === undefined) throw new PgError({ sqlstate: '0A000', message: 'ask "SELECT count_primes(1000000)"' });
    const task = { filename, data: Number(limit) };
    const primes = await this.executor.run(task, { name: 'countPrimes', signal });
    return toArrow([{ name: 'primes', type: 'int4' }], [[primes]]);
  }
}

const server = new RiffqServer({ port: Number(process.env.PORT ?? 5433) }, Connection, { sessionStatements: 'server' });
console.log('listening', await server.listen());
