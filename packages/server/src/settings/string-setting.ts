import { PgError, sqlstate } from '@riffq/wire';
import { identifierList } from './identifier-list.js';
import { invalidSetting } from './invalid-setting.js';
import type { SettingTime } from './require-changeable.js';

const tablespaces = ['pg_default', 'pg_global'];
const indexMethods = ['btree', 'hash', 'gist', 'gin', 'spgist', 'brin'];
/** Files of offsets that PostgreSQL brings. */
const abbreviations = ['Default', 'Australia', 'India'];
/** What initdb makes in pg_catalog. */
const textSearchConfigurations = new Set(
  (
    'arabic armenian basque catalan danish dutch english estonian finnish french german greek hindi hungarian indonesian irish ' +
    'italian lithuanian nepali norwegian portuguese romanian russian serbian simple spanish swedish tamil turkish yiddish'
  ).split(' '),
);

/**
 * A value of a setting that is text, as PostgreSQL would keep it.
 *
 * @throws PgError for a value that names what there is not, or is no list where one has to be
 */
export function stringSetting(name: string, value: string, time: SettingTime): string {
  switch (name) {
    case 'search_path':
      namesIn(name, value);
      return value;
    case 'temp_tablespaces':
      requireTemporaryTablespaces(namesIn(name, value), time);
      return value;
    case 'default_tablespace':
      if (value !== '' && !tablespaces.includes(value)) throw missing(name, value, 'Tablespace');
      return value;
    case 'default_table_access_method':
      requireTableMethod(name, value);
      return value;
    case 'default_text_search_config':
      return textSearchConfiguration(name, value);
    case 'timezone_abbreviations':
      if (!abbreviations.includes(value)) throw invalidSetting(name, value);
      return value;
    case 'lc_monetary':
    case 'lc_numeric':
    case 'lc_time':
      if (!isLocale(value)) throw invalidSetting(name, value);
      return value;
    case 'createrole_self_grant':
      requireWords(name, value, ['set', 'inherit']);
      return value;
    case 'restrict_nonsystem_relation_kind':
      requireWords(name, value, ['view', 'foreign-table']);
      return value;
    default:
      return value;
  }
}

function namesIn(name: string, value: string): readonly string[] {
  const names = identifierList(value);
  if (names === undefined) throw invalidSetting(name, value, { detail: 'List syntax is invalid.' });
  return names;
}

function requireWords(name: string, value: string, known: readonly string[]): void {
  const unknown = namesIn(name, value).find((word) => !known.includes(word.toLowerCase()));
  if (unknown !== undefined) throw invalidSetting(name, value, { detail: `Unrecognized key word: "${unknown}".` });
}

function missing(name: string, value: string, what: string): PgError {
  return invalidSetting(name, value, { detail: `${what} "${value}" does not exist.` });
}

/** As a connection starts PostgreSQL cannot look yet. An empty name is the database's own tablespace. */
function requireTemporaryTablespaces(names: readonly string[], time: SettingTime): void {
  if (time === 'start') return;
  for (const name of names) {
    if (name === '' || name === 'pg_default') continue;
    throw name === 'pg_global'
      ? new PgError({
          sqlstate: sqlstate.insufficient_privilege,
          message: `permission denied for tablespace ${name}`,
        })
      : new PgError({ sqlstate: sqlstate.undefined_object, message: `tablespace "${name}" does not exist` });
  }
}

function requireTableMethod(name: string, value: string): void {
  if (value === 'heap') return;
  if (value === '') throw invalidSetting(name, value, { detail: `"${name}" cannot be empty.` });
  if (!indexMethods.includes(value)) throw missing(name, value, 'Table access method');
  throw new PgError({
    sqlstate: sqlstate.object_not_in_prerequisite_state,
    message: `access method "${value}" is not of type TABLE`,
  });
}

function textSearchConfiguration(name: string, value: string): string {
  const names = identifierList(value, '.') ?? [];
  if (names.length > 3) {
    throw new PgError({
      sqlstate: sqlstate.syntax_error,
      message: `improper qualified name (too many dotted names): ${value}`,
    });
  }
  const [schema, configuration] = names.length === 2 ? names : ['pg_catalog', names[0]];
  const isKnown = names.length < 3 && configuration !== undefined && textSearchConfigurations.has(configuration);
  if (schema !== 'pg_catalog' || !isKnown) throw invalidSetting(name, value);
  return `pg_catalog.${configuration}`;
}

/** Systems have different ones; this one has those of ICU, in any encoding. */
function isLocale(value: string): boolean {
  if (/^(?:|C|POSIX|C\.UTF-?8)$/i.test(value)) return true;
  const [, language, region = ''] = /^([a-z]{2,3})(_[A-Z]{2})?(?:\.[\w-]+)?(?:@\w+)?$/.exec(value) ?? [];
  if (language === undefined) return false;
  return Intl.DateTimeFormat.supportedLocalesOf(language + region.replace('_', '-')).length > 0;
}
