import { describe, expect, test } from 'vitest';
import { BaseConnection, tag } from '../../../src/index.js';
import { answering, serialize } from '../../conversation.js';
import { Listening } from '../../listening.js';
import { untyped } from '../../untyped.js';

const shop = { user: 'alice', database: 'shop', application_name: 'till' };
const anything = answering(() => tag('OK'));

/** What a client is told before its first ReadyForQuery, but for its cancel key. */
async function greeting(server: Listening, parameters: Readonly<Record<string, string>>): Promise<string> {
  const client = await server.connect();
  const trace = await client.start(parameters);
  client.stream.destroy();
  return trace.replace(/^.*BackendKeyData.*$/m, '');
}

describe('a client that comes with the same start-up packet as the one before', () => {
  test('is told the same, also when others came between', async () => {
    await using server = await Listening.open(anything);
    const first = await greeting(server, shop);
    expect(first).toContain('"application_name" "till"');
    expect(await greeting(server, shop)).toBe(first);
    expect(await greeting(server, shop)).toBe(first);
    const other = await greeting(server, { ...shop, application_name: 'sale' });
    expect(other).toBe(first.replace('"till"', '"sale"'));
    expect(await greeting(server, shop)).toBe(first);
  });

  test('is told again what it cannot have', async () => {
    await using server = await Listening.open(anything);
    const parameters = { ...shop, nonsense: '1' };
    const first = await server.connect();
    first.send(serialize.startup(parameters));
    const refusal = await first.untilEnd();
    expect(refusal).toContain('unrecognized configuration parameter "nonsense"');
    const second = await server.connect();
    second.send(serialize.startup(parameters));
    expect(await second.untilEnd()).toBe(refusal);
  });

  test('has settings of its own', async () => {
    await using server = await Listening.open(anything, { sessionStatements: 'server' });
    const first = await server.connect();
    await first.start(shop);
    await first.ask(serialize.query("set application_name = 'other'"));
    const second = await server.connect();
    expect(await second.start(shop)).toContain('"application_name" "till"');
    expect(await second.ask(serialize.query('show application_name'))).toContain("'till'");
    expect(await first.ask(serialize.query('show application_name'))).toContain("'other'");
    for (const client of [first, second]) client.stream.destroy();
  });

  test('is told the settings that its connection begins with', async () => {
    class Numbered extends BaseConnection {
      override readonly initialSettings = { search_path: `schema${this.connectionId}` };
      override handleQuery = () => tag('OK');
    }
    await using server = await Listening.open(Numbered);
    expect(await greeting(server, shop)).toContain('"search_path" "schema0"');
    expect(await greeting(server, shop)).toContain('"search_path" "schema1"');
  });

  test('has start-up parameters that the code for another client has not changed', async () => {
    const names: (string | undefined)[] = [];
    class Changing extends BaseConnection {
      override handleQuery() {
        const parameters = this.session.startupParameters;
        names.push(parameters.get('application_name'));
        untyped(parameters).set('application_name', 'changed');
        return tag('OK');
      }
    }
    await using server = await Listening.open(Changing);
    for (let times = 0; times < 2; times += 1) {
      const client = await server.connect();
      await client.start(shop);
      await client.ask(serialize.query('select'));
      client.stream.destroy();
    }
    expect(names).toEqual(['till', 'till']);
  });
});
