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
    'client_encoding client_min_messages DateStyle exit_on_error local_preload_libraries role session_authorization ' +
    'tcp_keepalives_count tcp_keepalives_idle tcp_keepalives_interval tcp_user_timeout transaction_deferrable ' +
    'transaction_isolation transaction_read_only vacuum_buffer_usage_limit'
  ).split(' '),
);

const quoted = (value: string | number): string => `'${String(value).replaceAll("'", "''")}'`;

/** A timeout that a slow machine would run into ends a statement, or the session. */
const longTimes = ['1h', '90min', '2d', '1.5h', ' 25 h ', '0', '-1', '2147483648', '5 weeks', '1e6ms', 'nonsense', ''];

/** Of settings that name something, what every server has; and what none has. */
const namesThereAre: Readonly<Record<string, readonly string[]>> = {
  createrole_self_grant: ['', 'set', 'SET, inherit', 'set,,inherit', 'set, x'],
  default_table_access_method: ['', 'heap', 'HEAP', 'btree'],
  default_tablespace: ['', 'pg_default', 'pg_global', 'PG_DEFAULT'],
  default_text_search_config: [
    ...['', 'simple', 'German', '"German"', 'pg_catalog.german', 'public.german', 'a.b.c.d', 'pg_catalog.', ' simple '],
  ],
  lc_monetary: ['', 'C', 'POSIX', 'C.UTF-8', 'xx_YY', 'de_DE.', 'de DE'],
  lc_numeric: ['C', 'xx'],
  lc_time: ['C', 'xx_YY.UTF-8'],
  restrict_nonsystem_relation_kind: ['', 'view', 'view, foreign-table', 'view foreign-table', 'x'],
  temp_tablespaces: ['', 'pg_default', 'pg_global', 'nosuch'],
  timezone_abbreviations: ['Default', 'default', 'Australia', 'India', '../x', 'America.txt'],
  TimeZone: ['99999', '-168', '1e10', 'nan', '-inf', 'Nope'],
};

function candidates(definition: SettingDefinition): readonly (string | number)[] {
  const { name, type, least, greatest, initial, values } = definition;
  if (name.endsWith('_timeout')) return longTimes;
  switch (type) {
    case 'bool':
      return ['TRUE', 'of', 'o', 't', 'no', '0', 'maybe', ''];
    case 'enum':
      return [...values.map((value) => value.toUpperCase()), 'true', 'no', '1', 'info', 'debug', 'nonsense', ''];
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
          '08',
          '0719',
          '-09',
          '-2147483648',
          '-2147483649',
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
      return ['x', 'X y', '"x', ...(namesThereAre[name] ?? [])];
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
