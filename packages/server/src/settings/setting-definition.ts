import { type SettingRow, settingTable } from './setting-table.generated.js';
import { showNumber } from './setting-unit.js';

/** A run-time setting that PostgreSQL has. */
export interface SettingDefinition {
  /** As PostgreSQL spells it. */
  readonly name: string;
  /** Who may change it, and when, as pg_settings says. */
  readonly context: SettingRow[1];
  readonly type: SettingRow[2];
  readonly unit: SettingRow[3];
  readonly least: number;
  readonly greatest: number;
  /** What an enum can be. */
  readonly values: readonly string[];
  /** As SHOW tells it. */
  readonly initial: string;
  readonly noReset: boolean;
  readonly description: string;
  /** Clients are told of its value, and of changes. */
  readonly reported: boolean;
  /** SET takes several values; those that are names keep their quotes. */
  readonly list: 'names' | 'words' | undefined;
  /** Its value is a name, which ends after as many bytes as every other. */
  readonly isName: boolean;
  /** A characteristic of the running transaction, which begins with the setting `default_` of this name. */
  readonly ofTransaction: boolean;
  /** It changes what a client is answered, or is this server's own. */
  readonly shapesAnswers: boolean;
  /** SHOW ALL leaves it out. */
  readonly hidden: boolean;
}

const reported = new Set(
  (
    'application_name client_encoding DateStyle default_transaction_read_only in_hot_standby integer_datetimes ' +
    'IntervalStyle is_superuser scram_iterations search_path server_encoding server_version session_authorization ' +
    'standard_conforming_strings TimeZone'
  ).split(' '),
);
const lists: ReadonlyMap<string, SettingDefinition['list']> = new Map([
  ['createrole_self_grant', 'words'],
  ['DateStyle', 'words'],
  ['local_preload_libraries', 'names'],
  ['restrict_nonsystem_relation_kind', 'words'],
  ['search_path', 'names'],
  ['temp_tablespaces', 'names'],
]);

/** Of those that a client may set, what PostgreSQL flags as GUC_IS_NAME. */
const names = new Set(['application_name', 'client_encoding', 'default_table_access_method']);

/** A seed is set, and not told. */
export const seedShown = 'unavailable';

/** What this server is, where PostgreSQL begins otherwise. */
const ownValues = new Map([
  ['client_encoding', 'UTF8'],
  ['data_directory_mode', '0700'],
  ['default_text_search_config', 'pg_catalog.english'],
  ['jit', 'off'],
  ['lc_messages', 'C'],
  ['log_file_mode', '0600'],
  ['seed', seedShown],
  ['server_encoding', 'UTF8'],
  ['server_version', ''],
  ['server_version_num', ''],
  ['TimeZone', 'UTC'],
  ['timezone_abbreviations', 'Default'],
  ['unix_socket_permissions', '0777'],
]);

/** What pg_settings does not show. */
const hiddenRows: readonly SettingRow[] = [
  ['default_with_oids', 'user', 'bool', '', 0, 0, '', 'off', '', '', ''],
  ['is_superuser', 'internal', 'bool', '', 0, 0, '', 'off', '', '', ''],
  ['role', 'user', 'string', '', 0, 0, '', 'none', '', '', ''],
  ['seed', 'user', 'real', '', -1, 1, '', '0', 'noReset', '', ''],
  ['session_authorization', 'user', 'string', '', 0, 0, '', '', '', '', ''],
];

// A part of every program's start: each key is made once, and no object is spread.
const keyed = [...settingTable, ...hiddenRows].map((row): [key: string, SettingDefinition] => [
  row[0].toLowerCase(),
  define(row),
]);
const byKey = new Map(keyed.sort(([a], [b]) => (a < b ? -1 : 1)));

function define(row: SettingRow): SettingDefinition {
  const [name, context, type, unit, least, greatest, values, boot, flag, category, description] = row;
  const isNumber = type === 'integer' || type === 'real';
  return {
    name,
    context,
    type,
    unit,
    least,
    greatest,
    description,
    values: values === '' ? [] : values.split(','),
    initial: ownValues.get(name) ?? (isNumber ? showNumber(Number(boot), { type, unit }) : boot),
    noReset: flag === 'noReset',
    reported: reported.has(name),
    list: lists.get(name),
    isName: names.has(name),
    ofTransaction: flag === 'noReset' && name.startsWith('transaction_'),
    shapesAnswers: category.startsWith('Client Connection Defaults') || reported.has(name) || ownValues.has(name),
    hidden: hiddenRows.includes(row),
  };
}

/** The definition of a setting by its name in any case; undefined for one that PostgreSQL does not have. */
export function settingDefinition(name: string): SettingDefinition | undefined {
  return byKey.get(name.toLowerCase());
}

/** All settings, as PostgreSQL sorts them. */
export const settingDefinitions: readonly SettingDefinition[] = [...byKey.values()];
