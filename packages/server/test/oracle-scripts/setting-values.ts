import { extended, sync } from '../frames.js';
import { each, type Scripts, type Turn, turn } from './script.js';

/** Sets a value in each way and looks at what became of it. */
const setAndShow = (name: string, ...assignments: readonly string[]): readonly Turn[] =>
  assignments.flatMap((assignment) => each(`set ${assignment}`, `show ${name}`));

/** What SET makes of values. */
export const settingValueScripts: Scripts = {
  'the last one that was set is told first': [
    ...each(
      "set datestyle to german; set timezone to 'Asia/Tokyo'; set application_name to a; set intervalstyle to iso_8601",
      "set application_name to b; set timezone to 'UTC'; set application_name to c; set datestyle to sql",
      "set application_name to d; set intervalstyle to postgres; set application_name to c; set timezone to 'Asia/Tokyo'",
      "begin; set local timezone to 'UTC'; set application_name to e; savepoint s; set datestyle to iso; set search_path to x",
      ...['rollback to s', "set intervalstyle to sql_standard; set timezone to 'Asia/Tokyo'", 'rollback'],
      "begin; set local timezone to 'UTC'; set local application_name to e; set local datestyle to iso",
      'commit',
    ),
    turn(
      ...[
        extended('set application_name to a'),
        extended("set timezone to 'UTC'"),
        extended('set datestyle to german'),
      ],
      sync(),
    ),
  ],
  'SET takes numbers as they are written': setAndShow(
    'extra_float_digits',
    ...['2', '+1', '-1e0', '0x3', '1.0', '- 2'].map((value) => `extra_float_digits = ${value}`),
  ),
  'SET in its spellings': [
    ...setAndShow(
      'application_name',
      "application_name = 'one'",
      "session application_name to 'two'",
      'APPLICATION_NAME = Three',
    ),
    ...setAndShow(
      'application_name',
      'application_name = "Four"',
      "application_name = E'fi\\'ve'",
      'application_name to default',
    ),
    ...setAndShow('timezone', "time zone 'Europe/Berlin'", 'time zone default', "timezone = 'utc'", 'time zone local'),
    ...setAndShow(
      'timezone',
      "timezone = 'europe/berlin'",
      "timezone = 'Asia/Calcutta'",
      'time zone 2',
      'time zone -7',
      'time zone 5.5',
    ),
    ...setAndShow(
      'timezone',
      "time zone interval '-05:00' hour to minute",
      "time zone interval '+05:30'",
      "time zone interval '2 hours'",
      "time zone interval '3' hour",
    ),
    ...setAndShow(
      'timezone',
      "timezone = 'UTC+1'",
      "timezone = '<+03>-03'",
      "timezone = 'EST5EDT'",
      "timezone = 'gmt'",
    ),
    ...setAndShow(
      'client_encoding',
      "names 'utf8'",
      "client_encoding to 'UTF8'",
      "client_encoding = 'utf-8'",
      'names default',
    ),
    ...setAndShow(
      'search_path',
      'search_path = a, "B c", \'d\'',
      "search_path to 'a, b'",
      "schema 'public'",
      'search_path to "$user", public',
    ),
    ...setAndShow(
      'extra_float_digits',
      'extra_float_digits = 3',
      "extra_float_digits = '-15'",
      'extra_float_digits = -1',
    ),
    ...setAndShow(
      'datestyle',
      'datestyle to iso, dmy',
      "datestyle = 'ISO'",
      "datestyle = 'ymd, iso'",
      'datestyle to default',
    ),
    ...setAndShow(
      'intervalstyle',
      'intervalstyle = postgres',
      "intervalstyle to 'ISO_8601'",
      'intervalstyle to default',
    ),
    ...setAndShow('bytea_output', 'bytea_output = hex', "bytea_output = 'ESCAPE'"),
    ...setAndShow(
      'standard_conforming_strings',
      'standard_conforming_strings = on',
      'standard_conforming_strings = yes',
    ),
    ...setAndShow('row_security', 'row_security = f', 'row_security = 1', 'row_security = of', "row_security = 'TRUE'"),
    ...setAndShow('xmloption', 'xml option document', 'xml option content'),
    ...setAndShow('role', 'role none'),
    ...setAndShow('application_name', "application_name = 'caf\u00e9 \u2603'"),
    ...setAndShow('work_mem', "work_mem = '64MB'", 'work_mem = 1024', "work_mem = '1.5GB'", 'work_mem to default'),
    ...setAndShow('random_page_cost', 'random_page_cost = 1.1', "random_page_cost = '1e3'"),
    ...setAndShow('backslash_quote', 'backslash_quote = yes', 'backslash_quote to off'),
    ...setAndShow('my.setting', "my.setting = 'one'", 'my.setting = 2', 'my.setting to default'),
  ],
  'SESSION and LOCAL before what begins with SESSION itself': [
    ...each('set session session authorization nobody_there', 'set local session authorization nobody_there'),
    ...each('set session session authorization default', 'set local session authorization default'),
    ...each("set session session authorization 'nobody_there'"),
    ...each('set session session characteristics as transaction read only', 'show default_transaction_read_only'),
    ...each(
      'begin',
      'set local session characteristics as transaction read write',
      'show default_transaction_read_only',
    ),
    ...each('commit', 'show default_transaction_read_only', 'set session characteristics as transaction read write'),
    ...each('begin', 'set session transaction isolation level serializable', 'show transaction_isolation', 'commit'),
    ...each('set session transaction read only', 'set local transaction read only', 'show transaction_isolation'),
  ],
  'names that are made up': [
    ...each(
      'set "a.B" = 1',
      'show a.b',
      'show "a.B"',
      'show A.B',
      'show "a.b"',
      'set a.b = 2',
      'show "A.b"',
      'reset "a.B"',
      'show a.b',
    ),
    ...each('set c.D = 1', 'show "c.D"', 'reset "e.F"', 'show e.f', 'begin', 'set "G.h" = 1', 'rollback', 'show g.h'),
  ],
  'names that are too long': [
    ...setAndShow(
      'application_name',
      `application_name = '${'x'.repeat(63)}'`,
      `application_name = '${'x'.repeat(64)}'`,
      `application_name = '${'x'.repeat(62)}\u00e9'`,
      `local application_name = '${'\u2603'.repeat(22)}'`,
      `client_encoding = 'utf8${' '.repeat(70)}'`,
      `search_path = '${'x'.repeat(70)}'`,
    ),
  ],
  'times and numbers': [
    ...setAndShow(
      'statement_timeout',
      'statement_timeout = 0',
      'statement_timeout = 5000',
      "statement_timeout = '5s'",
      "statement_timeout = '90min'",
    ),
    ...setAndShow(
      'statement_timeout',
      "statement_timeout = '1500ms'",
      "statement_timeout = '1.5s'",
      "statement_timeout = ' 2 d '",
    ),
    ...setAndShow('lock_timeout', "lock_timeout = '1h'"),
    ...setAndShow('idle_in_transaction_session_timeout', "idle_in_transaction_session_timeout = '60000'"),
    ...each(
      "set statement_timeout = 'soon'",
      'set statement_timeout = -2',
      "set statement_timeout = '5 weeks'",
      'set lock_timeout = 2147483648',
    ),
  ],
  'values that a setting cannot have': each(
    ...[
      'set extra_float_digits = 4',
      "set extra_float_digits = 'many'",
      'set bytea_output = base64',
      'set intervalstyle = iso',
    ],
    ...["set client_encoding = 'nonsense'", "set names 'utf9'", 'set names', 'show client_encoding'],
    ...['set row_security = maybe', "set server_version = '1'", 'set is_superuser = on'],
    ...[
      'set client_min_messages = loud',
      "set timezone = 'Nowhere/Land'",
      'set application_name = a, b',
      'set xmloption = other',
    ],
    ...[
      "set default_transaction_isolation = 'chaos'",
      "set work_mem = '1kB'",
      "set work_mem = '5 apples'",
      'set max_connections = 5',
      'set listen_addresses = x',
      'set "my.bad name" = 1',
      'set "1.x" = 1',
      'reset max_connections',
      'set integer_datetimes = off',
      "set synchronous_commit = 'never'",
      'show application_name',
    ],
  ),
};
