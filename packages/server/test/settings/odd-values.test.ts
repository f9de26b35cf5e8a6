import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RiffqServer, serve } from '../../src/index.js';
import { settingDefinitions } from '../../src/settings/setting-definition.js';
import { ComparedSession } from '../compared-session.js';

/** Values as a client may write them: units, spaces, case, exponents, signs, lists, words that are keywords elsewhere. */
const values = [
  ...[
    "''",
    "' '",
    "' 5 '",
    "'5 '",
    '5',
    '-5',
    '+5',
    '1e3',
    '1E3',
    '.5',
    '5.',
    '0x10',
    '0b11',
    '0o17',
    '1_000',
    '00012',
  ],
  ...[
    "'1_000'",
    "'0x10'",
    "'0b11'",
    "'5kB'",
    "'5 kB'",
    "'5KB'",
    "'1e3kB'",
    "'5ms'",
    "'5 MS'",
    '5 kB',
    "'-0'",
    '-0',
    '- 5',
  ],
  ...[
    "'- 5'",
    "'+5'",
    '1.50',
    '-1.5',
    '1e-3',
    '1e3, x',
    '99999999999999999999',
    "'1e400'",
    "'1e-400'",
    "'NaN'",
    "'Infinity'",
  ],
  ...[
    "'1,5'",
    '1, 5',
    "'a', 'b'",
    'a, b',
    'a b',
    'a.b',
    "'a,,b'",
    "'\"'",
    'none',
    "'none'",
    "'default'",
    'on',
    "' on'",
    "'on '",
  ],
  ...[
    'ON',
    '"on"',
    '"Off"',
    "E'o\\x6e'",
    "U&'\\006f\\006e'",
    '$$on$$',
    "'o' 'n'",
    "B'1'",
    'true, false',
    'null',
    'all',
    '""',
  ],
  ...['"$user"', '$user', '$1', '(5)', '5::int', "interval '1' hour", 'current_user', 'local'],
];

/** What depends on the machine, or ends the session; and timeouts that a slow machine would run into. */
const machines =
  /^(?:tcp_|lc_|exit_on_error$|client_min_messages$|role$|session_authorization$|timezone_abbreviations$)/;

let server: RiffqServer;
let session: ComparedSession;

beforeAll(async () => {
  server = await serve({ address: '127.0.0.1:0', query: () => [{ handled: true }], sessionStatements: 'server' });
  session = await ComparedSession.connect(server, 'setter_of_odd_values');
});
afterAll(async () => {
  await session[Symbol.asyncDispose]();
  await server.close();
});

describe('SET takes odd values as PostgreSQL does, and leaves what that would not parse to the handler:', () => {
  const definitions = settingDefinitions.filter(({ name, context }) => context === 'user' && !machines.test(name));

  test.each(definitions.map(({ name, initial }) => [name, initial] as const))('%s', async (name, initial) => {
    const fitting = values.filter((value) => !(name.endsWith('_timeout') && /\d/.test(value)));
    const { ours, postgres } = await session.answers(
      `SET ${name} = '${initial}'`,
      ...fitting.flatMap((value) => [`SET ${name} = ${value}`, `SHOW ${name}`]),
      `RESET ${name}`,
    );
    const isHandled = (at: number): boolean =>
      postgres[at]?.error?.code === '42601' && ours[at]?.columns?.[0]?.[0] === 'handled';
    expect(ours.map((answer, at) => (isHandled(at) ? postgres[at] : answer))).toEqual(postgres);
  });
});
