import { describePortal, describeStatement, extended, parse, query, sync } from '../frames.js';
import { type Scripts, type Turn, turn } from './script.js';

const failure = 'select 6 / (n - 3) as quotient from generate_series(1, 5) as n';
const each = (...statements: readonly string[]): readonly Turn[] => statements.map((sql) => turn(query(sql)));

/** Sets a value in each way and looks at what became of it. */
const setAndShow = (name: string, ...assignments: readonly string[]): readonly Turn[] =>
  assignments.flatMap((assignment) => each(`set ${assignment}`, `show ${name}`));

/** SET, SHOW, RESET, DISCARD, DEALLOCATE and CLOSE as the session answers them. */
export const sessionStatementScripts: Scripts = {
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
    ...setAndShow('my.setting', "my.setting = 'one'", 'my.setting = 2', 'my.setting to default'),
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
    ...['set row_security = maybe', "set server_version = '1'", 'set is_superuser = on'],
    ...[
      'set client_min_messages = loud',
      "set timezone = 'Nowhere/Land'",
      'set application_name = a, b',
      'set xmloption = other',
    ],
    ...[
      "set default_transaction_isolation = 'chaos'",
      'set integer_datetimes = off',
      "set synchronous_commit = 'never'",
      'show application_name',
    ],
  ),
  SHOW: each(
    ...[
      'show application_name',
      'SHOW "application_name"',
      'show TIMEZONE',
      'show time zone',
      'show session authorization',
      'show server_encoding',
    ],
    ...[
      'show transaction isolation level',
      'show transaction_isolation',
      'show integer_datetimes',
      'show max_identifier_length',
    ],
  ),
  'SHOW in an extended query': [
    turn(extended('show timezone'), sync()),
    turn(parse('show transaction isolation level', 'level'), describeStatement('level'), sync()),
    turn(extended("set application_name = 'x'"), sync()),
    turn(parse('reset all', 'reset'), describeStatement('reset'), sync()),
  ],
  RESET: each(
    ...[
      "set application_name = 'x'",
      'reset application_name',
      'show application_name',
      "set timezone = 'Asia/Tokyo'",
      'reset time zone',
    ],
    ...[
      "set application_name = 'x'",
      "set my.setting = 'y'",
      'reset all',
      'show application_name',
      'show my.setting',
      'reset my.setting',
    ],
    ...['reset server_version', 'reset transaction_isolation', 'reset session authorization', 'reset role'],
  ),
  'a rollback takes SET back': each(
    ...['begin', "set application_name = 'x'", 'show application_name', 'rollback', 'show application_name'],
    ...['begin', "set application_name = 'x'", 'commit', 'show application_name'],
    ...['begin', "set application_name = 'y'", failure, 'commit', 'show application_name'],
  ),
  'an error takes back the SETs of its Query': each(
    `set application_name = 'x'; ${failure}`,
    'show application_name',
    `set application_name = 'x'; select 1 as one`,
    `set application_name = 'y'; commit; ${failure}`,
    'show application_name',
  ),
  'an error takes back the SETs of its pipeline': [
    turn(extended("set application_name = 'x'"), extended(failure), sync()),
    turn(extended('show application_name'), sync()),
    turn(extended("set application_name = 'x'"), sync(), extended(failure), sync()),
    turn(),
    turn(extended('show application_name'), sync()),
  ],
  'SET LOCAL lasts as long as the transaction': each(
    ...['begin', "set local application_name = 'x'", 'show application_name', 'commit', 'show application_name'],
    ...[
      'begin',
      "set application_name = 'a'",
      "set local application_name = 'b'",
      'show application_name',
      'commit',
      'show application_name',
    ],
    ...['begin', "set local application_name = 'c'", "set application_name = 'd'", 'commit', 'show application_name'],
    ...["set local application_name = 'e'", 'show application_name', "set local time zone 'Asia/Tokyo'"],
    ...[
      "set local application_name = 'f'; show application_name",
      'show application_name',
      'begin',
      "set local my.setting = 'x'",
      'commit',
    ],
  ),
  'savepoints and SET': each(
    ...[
      'begin',
      "set application_name = 'a'",
      'savepoint s',
      "set application_name = 'b'",
      "set local timezone = 'Asia/Tokyo'",
    ],
    ...[
      'rollback to s',
      'show application_name',
      'show timezone',
      "set application_name = 'c'",
      'release s',
      'commit',
      'show application_name',
    ],
  ),
  'isolation levels': each(
    ...[
      'begin isolation level serializable',
      'show transaction_isolation',
      'commit',
      'show transaction isolation level',
    ],
    ...[
      'begin',
      'set transaction isolation level repeatable read',
      'show transaction_isolation',
      'rollback',
      'show transaction_isolation',
    ],
    ...[
      'set session characteristics as transaction isolation level serializable',
      'show transaction_isolation',
      'show default_transaction_isolation',
    ],
    ...[
      'begin',
      'show transaction_isolation',
      'commit',
      'begin isolation level read uncommitted',
      'show transaction_isolation',
      'commit and chain',
    ],
    ...[
      'show transaction_isolation',
      'commit',
      "set default_transaction_isolation = 'read committed'",
      'show transaction_isolation',
    ],
    ...[
      'set transaction isolation level serializable',
      'show transaction_isolation',
      "set transaction_isolation = 'serializable'",
      'show transaction_isolation',
    ],
  ),
  'read only and deferrable transactions': each(
    ...['begin read only', 'show transaction_read_only', 'commit', 'show transaction_read_only'],
    ...[
      'begin',
      'set transaction read only, deferrable',
      'show transaction_read_only',
      'show transaction_deferrable',
      'commit',
    ],
    ...[
      'set session characteristics as transaction read only',
      'show transaction_read_only',
      'set default_transaction_read_only = off',
      'show transaction_read_only',
    ],
  ),
  'session authorization': each(
    'set session authorization default',
    'reset session authorization',
    'show session_authorization',
  ),
  'SET CONSTRAINTS': each('set constraints all deferred', 'begin', 'set constraints all immediate', 'commit'),
  DISCARD: [
    turn(parse('select 1 as one', 'one'), sync()),
    ...each(
      "set application_name = 'x'",
      'discard plans',
      'discard temp',
      'discard temporary',
      'discard sequences',
      'discard all',
      'show application_name',
    ),
    turn(describeStatement('one'), sync()),
    ...each('begin', 'discard all', 'rollback', 'select 1 as one; discard all'),
  ],
  DEALLOCATE: [
    turn(parse('select 1 as one', 'one'), parse('select 2 as two', 'Two'), parse('select 2 as two', 'three'), sync()),
    ...each('deallocate one', 'deallocate prepare "Two"', 'deallocate none', 'deallocate all'),
    turn(describeStatement('three'), sync()),
  ],
  CLOSE: [
    ...each('begin'),
    turn(extended('select n from generate_series(1, 5) as n', { portal: 'p' }), sync()),
    turn(extended('select n from generate_series(1, 5) as n', { portal: 'Q' }), sync()),
    ...each('close p'),
    turn(describePortal('p'), sync()),
    ...each('rollback', 'begin', 'close none', 'rollback', 'close all'),
  ],
  'LISTEN and UNLISTEN': each('unlisten *', 'unlisten news'),
};
