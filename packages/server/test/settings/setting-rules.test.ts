import { normaliseTrace } from '@riffq/testing';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { type SettingDefinition, settingDefinitions } from '../../src/settings/setting-definition.js';
import { Conversation } from '../conversation.js';
import { query } from '../frames.js';
import type { Frontend } from '../frontend.js';
import { connectToOracle } from '../oracle-frontend.js';
import { cannedAnswers } from '../oracle-scripts/canned-answers.js';

/** A user like any other: what a superuser may do is refused. */
const user = 'ordinary_user';

/** Settings whose values depend on what a server has, or on the machine, or end the session. */
const ownRules = new Set(
  (
    'client_encoding client_min_messages createrole_self_grant DateStyle default_table_access_method default_tablespace ' +
    'default_text_search_config exit_on_error lc_monetary lc_numeric lc_time local_preload_libraries ' +
    'restrict_nonsystem_relation_kind role session_authorization tcp_keepalives_count tcp_keepalives_idle ' +
    'tcp_keepalives_interval tcp_user_timeout temp_tablespaces timezone_abbreviations transaction_deferrable ' +
    'transaction_isolation transaction_read_only vacuum_buffer_usage_limit'
  ).split(' '),
);

const quoted = (value: string | number): string => `'${String(value).replaceAll("'", "''")}'`;

/** A timeout that a slow machine would run into ends a statement, or the session. */
const longTimes = ['1h', '90min', '2d', '1.5h', ' 25 h ', '0', '-1', '2147483648', '5 weeks', '1e6ms', 'nonsense', ''];

function candidates(definition: SettingDefinition): readonly (string | number)[] {
  const { name, type, least, greatest, initial, values } = definition;
  if (name.endsWith('_timeout')) return longTimes;
  switch (type) {
    case 'bool':
      return ['TRUE', 'of', 'o', 't', 'no', '0', 'maybe', ''];
    case 'enum':
      return [...values.map((value) => value.toUpperCase()), 'true', 'no', '1', 'nonsense', ''];
    case 'integer':
      return [
        ...[
          initial,
          least,
          greatest,
          least - 1,
          greatest + 1,
          '1.5',
          '2.5',
          '0x1F',
          '017',
          ' 12 ',
          '1e2',
          '-1',
          'nonsense',
          '',
        ],
        ...[
          '64',
          '64kB',
          '3MB',
          '1.1MB',
          '1GB',
          '7 s',
          '1min',
          '90min',
          '2d',
          '1500ms',
          '1us',
          '5 weeks',
          '5MiB',
          '12x',
        ],
      ];
    case 'real':
      return [
        initial,
        least,
        greatest,
        '0.123456789',
        '1e-7',
        '1e10',
        '-5',
        '1e400',
        '1.5ms',
        '2 s',
        'nonsense',
        'NaN',
        '',
      ];
    case 'string':
      return ['x'];
  }
}

function statementsOf(definition: SettingDefinition): readonly string[] {
  const { name } = definition;
  const tried = candidates(definition).flatMap((value) => [`set ${name} = ${quoted(value)}`, `show ${name}`]);
  if (definition.context !== 'user')
    return [`set ${name} = ${quoted(candidates(definition)[0] ?? '')}`, `reset ${name}`];
  return [`set ${name} = ${quoted(definition.initial)}`, ...tried, `reset ${name}`];
}

describe('SET as an ordinary user goes as with PostgreSQL itself:', () => {
  let oracle: Frontend;
  let ours: Conversation;

  beforeAll(async () => {
    const { host, port, user: superuser, password, database } = inject('oracle');
    const admin = new pg.Client({ host, port, user: superuser, password, database });
    await admin.connect();
    await admin.query(`drop role if exists ${user}; create role ${user} login`);
    await admin.end();
    oracle = await connectToOracle();
    await oracle.start({ user, database });
    ours = new Conversation(cannedAnswers, { sessionStatements: 'server' });
    await ours.start({ user });
  });

  afterAll(async () => {
    oracle.stream.destroy();
    await ours[Symbol.asyncDispose]();
  });

  async function play(client: Frontend, statements: readonly string[]): Promise<string> {
    let trace = '';
    for (const sql of statements) trace += `${sql}\n${normaliseTrace(await client.ask(query(sql)))}`;
    return trace;
  }

  test.each(
    settingDefinitions
      .filter(({ name }) => !ownRules.has(name))
      .map((definition) => [definition.name, definition] as const),
  )('%s', async (_, definition) => {
    const statements = statementsOf(definition);
    expect(await play(ours, statements)).toBe(await play(oracle, statements));
  });
});
