import { describe, expect, test } from 'vitest';
import {
  type ConnectionClass,
  PgError,
  type QueryContext,
  type QueryResult,
  type ServerOptions,
  type StatementDescription,
  toArrow,
} from '../../../src/index.js';
import { answering, Conversation } from '../../conversation.js';
import { bind, describePortal, describeStatement, execute, parse, query, sync } from '../../frames.js';

const columns = (...names: readonly string[]) => names.map((name) => ({ name, type: 'int' }) as const);

/** Tables whose columns a test may change; what is said of them, and what was run. */
class Tables {
  names: readonly string[] = ['n', 'm'];
  readonly described: string[] = [];
  readonly runs: string[] = [];

  readonly run = (sql: string, { resultFormats }: Pick<QueryContext, 'resultFormats'>): QueryResult => {
    this.runs.push(sql);
    const fits = resultFormats.length <= 1 || resultFormats.length === this.names.length;
    if (!fits && sql.includes('forwarded')) {
      const message = `bind message has ${resultFormats.length} result formats but query has ${this.names.length} columns`;
      throw new PgError({ sqlstate: '08P01', message });
    }
    if (!fits && sql.includes('translated')) {
      throw new PgError({ sqlstate: '08P01', message: 'falsche Formate', routine: 'PortalSetResultFormat' });
    }
    return toArrow(columns(...this.names), [this.names.map(() => 1)]);
  };

  readonly describe = (sql: string): StatementDescription => {
    this.described.push(sql);
    return { parameterTypes: [], schema: toArrow(columns(...this.names), []).schema };
  };

  /** Without `handleDescribe`, or with it. */
  connections(kind: 'runs' | 'describes'): ConnectionClass {
    const { run, describe } = this;
    const Runs = answering(async (sql, context) => run(sql, context));
    if (kind === 'runs') return Runs;
    return class extends Runs {
      override handleDescribe(sql: string): StatementDescription {
        return describe(sql);
      }
    };
  }
}

const changed = /ErrorResponse\t S "ERROR" V "ERROR" C "0A000" M "cached plan must not change result type" (.*)\\x00/;
const healing = 'R "RevalidateCachedQuery" ';
const again = [bind({ statement: 's' }), execute(), sync()];

async function described(
  sql: string,
  tables: Tables,
  kind: 'runs' | 'describes' = 'describes',
  options?: ServerOptions,
) {
  const client = new Conversation(tables.connections(kind), options);
  await client.start();
  await client.ask(parse(sql, 's'), describeStatement('s'), sync());
  return client;
}

describe('what may write', () => {
  const write = 'insert into t values (1) returning *';

  test.each([write, 'select f(), * from t'])('is not run when its columns have changed: %s', async (sql) => {
    const tables = new Tables();
    await using client = await described(sql, tables);
    expect(await client.ask(...again)).toContain('DataRow');
    tables.names = ['n'];
    for (const frames of [again, [bind({ statement: 's' }), describePortal(), execute('', 1), sync()], again]) {
      const trace = await client.ask(...frames);
      expect(changed.exec(trace)?.[1]).toBe(healing);
      expect(trace).not.toContain('BindComplete');
    }
    expect(tables.runs).toEqual([sql]);
    tables.names = ['n', 'm'];
    expect(await client.ask(...again)).toContain('DataRow');
  });

  test('is not run by EXECUTE either', async () => {
    const tables = new Tables();
    await using client = await described(write, tables, 'describes', { sessionStatements: 'server' });
    expect(await client.ask(query('execute s'))).toContain('DataRow');
    tables.names = ['n'];
    expect(changed.exec(await client.ask(query('execute s')))?.[1]).toBe(healing);
    expect(tables.runs).toEqual([write]);
  });

  test('is not described more often than it was before it first runs', async () => {
    const tables = new Tables();
    await using client = new Conversation(tables.connections('describes'));
    await client.start();
    await client.ask(parse(write), bind({ resultFormats: [1, 0] }), describePortal(), execute(), sync());
    expect(tables.described).toEqual([write]);
  });

  test('has been run, and is not to be run again, where only its run could tell', async () => {
    const tables = new Tables();
    await using client = await described('select f()', tables, 'runs');
    tables.names = ['n'];
    expect(changed.exec(await client.ask(...again))?.[1]).toBe('D "The statement has been run." ');
  });
});

describe('what only reads', () => {
  test.each(['runs', 'describes'] as const)(
    'is looked at when it has run, and may be run again: who %s',
    async (kind) => {
      const tables = new Tables();
      await using client = await described('select * from t', tables, kind);
      for (let time = 0; time < 3; time += 1) expect(await client.ask(...again)).toContain('DataRow');
      tables.names = ['n'];
      for (let time = 0; time < 3; time += 1) expect(changed.exec(await client.ask(...again))?.[1]).toBe(healing);
      expect(tables.described).toHaveLength(kind === 'runs' ? 0 : 1);
    },
  );

  test.each(['select * from t', 'select * from forwarded', 'select * from translated'])(
    'has changed, too, where the formats of its columns fit no more: %s',
    async (sql) => {
      const tables = new Tables();
      await using client = await described(sql, tables);
      const formatted = [bind({ statement: 's', resultFormats: [1, 0] }), execute(), sync()];
      for (let time = 0; time < 2; time += 1) expect(await client.ask(...formatted)).toContain('DataRow');
      tables.names = ['n', 'm', 'k'];
      for (let time = 0; time < 2; time += 1) {
        expect(changed.exec(await client.ask(...formatted))?.[1]).toBe(healing);
        expect(await client.ask(bind({ statement: 's' }), sync())).toContain('BindComplete');
      }
      const limited = [bind({ statement: 's', resultFormats: [1, 0] }), execute('', 1), sync()];
      expect(changed.exec(await client.ask(...limited))?.[1]).toBe(healing);
    },
  );
});

test('a table at hand has changed, too, where the formats of its columns fit no more', async () => {
  const tables = new Tables();
  await using client = new Conversation(answering(tables.run));
  await client.start();
  await client.ask(parse('select * from t', 's'), describeStatement('s'), sync());
  const formatted = [bind({ statement: 's', resultFormats: [1, 0] }), execute(), sync()];
  for (let time = 0; time < 3; time += 1) expect(await client.ask(...formatted)).toContain('DataRow');
  tables.names = ['n', 'm', 'k'];
  for (let time = 0; time < 3; time += 1) expect(changed.exec(await client.ask(...formatted))?.[1]).toBe(healing);
});
