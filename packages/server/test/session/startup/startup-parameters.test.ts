import { describe, expect, test } from 'vitest';
import { BaseConnection, type Session, tag } from '../../../src/index.js';
import { answering, Conversation, serialize } from '../../conversation.js';
import { comparable, connectToOracle } from '../../oracle-frontend.js';
import { startupMessage } from '../../startup-packets.js';

const anything = answering(() => tag('OK'));

/** What a start-up packet is answered with: without the settings, which are another test's. */
async function answers(parameters: Readonly<Record<string, string>>): Promise<{ ours: string; oracle: string }> {
  const packet = startupMessage(0, { user: 'postgres', ...parameters });
  const oracle = await connectToOracle();
  oracle.send(packet, serialize.end());
  await using client = new Conversation(anything);
  client.send(packet, serialize.end());
  const settings = /^B\t\d+\tParameterStatus.*\n/gm;
  const hint = / H "[^"]*(?:"[^"]*"[^"]*)?"/g;
  const words = (trace: string) => comparable(trace).replaceAll(settings, '').replaceAll(hint, '');
  return { ours: words(await client.untilEnd()), oracle: words(await oracle.untilEnd()) };
}

describe('settings in a start-up packet are taken or refused as by PostgreSQL', () => {
  test.each<Readonly<Record<string, string>>>([
    { application_name: 'test', client_encoding: 'UTF8', DateStyle: 'ISO', TimeZone: 'UTC', extra_float_digits: '2' },
    { datestyle: 'iso, dmy', timezone: 'Europe/Berlin', INTERVALSTYLE: 'iso_8601' },
    { search_path: 'a, b', statement_timeout: '0', 'my.setting': 'anything' },
    { client_encoding: "'utf-8'" },
    { role: 'none' },
    { role: 'postgres' },
    { role: 'no_such_role' },
    { options: '-c role=no_such_role' },
    { session_authorization: 'postgres' },
    { session_authorization: 'no_such_role' },
    { session_authorization: 'default' },
    { search_path: '"unterminated' },
    { options: '-c search_path=x\\ y' },
    { search_path: 'a,,b' },
    { search_path: '' },
    { temp_tablespaces: 'not_looked_for_yet' },
    { temp_tablespaces: 'x y' },
    { default_tablespace: 'nosuch' },
    { default_text_search_config: 'nosuch' },
    { default_table_access_method: 'btree' },
    { seed: '0.5' },
    { seed: '5' },
    { default_with_oids: 'off' },
    { default_with_oids: 'on' },
    { TimeZone: '99999' },
    { no_such_setting: 'x' },
    { is_superuser: 'on' },
    { server_version: '9' },
    { standard_conforming_strings: 'maybe' },
    { extra_float_digits: '5' },
    { extra_float_digits: 'x' },
    { IntervalStyle: 'x' },
    { bytea_output: 'x' },
    { options: '-c application_name=test -cDateStyle=dmy --interval-style=iso_8601 --TimeZone=UTC' },
    { options: '  -c   my.setting=with\\ blank\\\\ -c search_path=a,b ' },
    { options: '' },
    { options: '-c' },
    { options: '-c application_name' },
    { options: '--application_name' },
    { options: 'application_name=test' },
    { options: '-c no_such_setting=x' },
    { options: '-c is_superuser=on' },
    ...[
      '-S 1000',
      '-S1000',
      '-S',
      '-S x',
      '-S 1',
      '-e',
      '-fs',
      '-f m',
      '-fq',
      '-f q',
      '-f',
      '-t',
      '-tx',
      '-x',
      '-',
    ].map((options) => ({ options })),
    ...['-B 100', '-N 5', '-p 1', '-F', '-i', '-l', '-h x', '-k x', '-P', '-W 0', '-d', '-nTES1000', '-S 1000 -x'].map(
      (options) => ({ options }),
    ),
    ...['-b', '-j', '-r x', '-v 3', '-D x', '-C x', '-C', '-ex', '-S1000 -eF'].map((options) => ({ options })),
    ...['maybe', '', 'databases', 'of', 'o', 'F', '2'].map((replication) => ({ replication })),
    ...['x'.repeat(63), 'x'.repeat(64), `${'x'.repeat(62)}é`, 'é'.repeat(40)].map((application_name) => ({
      application_name,
    })),
    { application_name: 'x'.repeat(64), options: '-c client_min_messages=warning' },
    { application_name: 'x'.repeat(64), no_such_setting: 'x' },
    { client_encoding: 'no such' },
  ])('%j', async (parameters) => {
    const { ours, oracle } = await answers(parameters);
    expect(ours).toBe(oracle);
  });
});

describe('settings in a start-up packet', () => {
  /** What the session knows once the client is in. */
  async function settingsAfter(parameters: Readonly<Record<string, string>>): Promise<ReadonlyMap<string, string>> {
    const sessions: Session[] = [];
    class Connection extends BaseConnection {
      override handleQuery() {
        sessions.push(this.session);
        return tag('OK');
      }
    }
    await using client = new Conversation(Connection);
    client.send(startupMessage(0, { user: 'alice', ...parameters }));
    await client.until('ReadyForQuery');
    await client.ask(serialize.query('select'));
    return sessions[0]?.settings ?? new Map();
  }

  test('are the session’s, whatever the case of their names', async () => {
    const settings = await settingsAfter({ datestyle: 'dmy', TIMEZONE: 'Europe/Berlin', 'My.Setting': 'x' });
    expect(settings.get('datestyle')).toBe('ISO, DMY');
    expect(settings.get('timezone')).toBe('Europe/Berlin');
    expect(settings.get('my.setting')).toBe('x');
  });

  test('count for more than the same ones in options', async () => {
    const options = '-c application_name=options -c search_path=a,\\ b';
    const settings = await settingsAfter({ application_name: 'packet', options });
    expect(settings.get('application_name')).toBe('packet');
    expect(settings.get('search_path')).toBe('a, b');
  });

  test('may be short options of a command line', async () => {
    const settings = await settingsAfter({ options: '-S 1000 -efs -Eft' });
    expect(settings.get('work_mem')).toBe('1000kB');
    expect(settings.get('datestyle')).toBe('ISO, DMY');
    expect(settings.get('enable_seqscan')).toBe('off');
    expect(settings.get('enable_tidscan')).toBe('off');
  });

  test('that are names end where a name ends', async () => {
    const settings = await settingsAfter({ application_name: `${'x'.repeat(62)}é` });
    expect(settings.get('application_name')).toBe('x'.repeat(62));
  });

  test('that cannot be had are refused after authentication only: strangers learn nothing', async () => {
    class Refusing extends BaseConnection {
      override handleQuery() {
        return tag('OK');
      }
      override handleAuth() {
        return false;
      }
    }
    await using client = new Conversation(Refusing);
    client.send(startupMessage(0, { user: 'alice', no_such_setting: 'x' }), serialize.password('wrong'));
    const trace = await client.untilEnd();
    expect(trace).toContain('C "28P01"');
    expect(trace).not.toContain('no_such_setting');
  });

  test('of an encoding other than UTF8 are refused with a hint', async () => {
    await using client = new Conversation(anything);
    client.send(startupMessage(0, { user: 'alice', client_encoding: 'LATIN1' }));
    expect(await client.untilEnd()).toMatch(/V "FATAL" C "0A000" M "[^"]*"LATIN1".*" H "Use client_encoding UTF8."/);
  });
});
