import { describePortal, describeStatement, extended, parse, sync } from '../frames.js';
import { each, failure, type Scripts, turn } from './script.js';

const long = 'long_'.repeat(14);

/** SET, SHOW, RESET, DISCARD, DEALLOCATE and CLOSE as the session answers them. */
export const sessionStatementScripts: Scripts = {
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
  'strings on several lines': each(
    "set application_name = 'a''' -- it's\n '''b'",
    'show application_name',
    "set application_name = e'a\\'\\x41'\r\n\t'\\''';' -- x\n--'\n'c'",
    'show application_name',
  ),
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
  'names of cursors and prepared statements are cut': each(
    ...['begin', `declare ${long} cursor for select n from generate_series(1, 5) as n`, `fetch 1 from ${long}`],
    ...[`move ${long}`, `fetch 1 ${long.slice(0, 63)}`, `close ${long}`, `close ${long}`, 'rollback'],
    ...[`prepare ${long} as select 1 as one`, `execute ${long}`, `execute ${long.slice(0, 63)}`, `deallocate ${long}`],
    ...[`deallocate prepare ${long}`, `execute ${long}`, `prepare "É${long}" as select 1 as one`, 'deallocate all'],
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
  'client_min_messages keeps warnings away': each(
    ...[
      'set client_min_messages = error',
      'commit',
      'set client_min_messages = warning',
      'commit',
      'reset client_min_messages',
    ],
    ...['begin', 'begin', 'set local client_min_messages to ERROR', 'begin', 'rollback', 'rollback'],
  ),
  'client_min_messages of the level that is for everyone': each(
    ...['set client_min_messages = info', 'show client_min_messages', 'commit', 'set client_min_messages = infos'],
  ),
  'what only a transaction can be given has no default to go back to': each(
    ...['set transaction_isolation = default', 'begin', 'set transaction_read_only to default', 'rollback'],
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
  UNLISTEN: each('unlisten *', 'unlisten news'),
};
