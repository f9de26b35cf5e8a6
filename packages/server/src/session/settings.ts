/** A run-time setting that the session keeps: its initial value, and whether clients are told of changes. */
export interface SettingDefinition {
  /** As PostgreSQL spells it. */
  readonly name: string;
  readonly initial: string;
  readonly reported?: boolean;
  readonly readOnly?: boolean;
  /** SET takes several values. */
  readonly list?: boolean;
  /** A characteristic of the running transaction, which begins with the setting `default_` of this name. */
  readonly ofTransaction?: boolean;
}

/** What drivers and tools set or ask for at connect; initial values are PostgreSQL's. */
const definitions: readonly SettingDefinition[] = [
  { name: 'application_name', initial: '', reported: true },
  { name: 'backslash_quote', initial: 'safe_encoding' },
  { name: 'bytea_output', initial: 'hex' },
  { name: 'client_encoding', initial: 'UTF8', reported: true },
  { name: 'client_min_messages', initial: 'notice' },
  { name: 'DateStyle', initial: 'ISO, MDY', reported: true, list: true },
  { name: 'default_transaction_deferrable', initial: 'off' },
  { name: 'default_transaction_isolation', initial: 'read committed' },
  { name: 'default_transaction_read_only', initial: 'off', reported: true },
  { name: 'escape_string_warning', initial: 'on' },
  { name: 'extra_float_digits', initial: '1' },
  { name: 'idle_in_transaction_session_timeout', initial: '0' },
  { name: 'idle_session_timeout', initial: '0' },
  { name: 'in_hot_standby', initial: 'off', reported: true, readOnly: true },
  { name: 'integer_datetimes', initial: 'on', reported: true, readOnly: true },
  { name: 'IntervalStyle', initial: 'postgres', reported: true },
  { name: 'is_superuser', initial: 'off', reported: true, readOnly: true },
  { name: 'jit', initial: 'off' },
  { name: 'lc_messages', initial: 'C' },
  { name: 'lc_monetary', initial: 'C' },
  { name: 'lc_numeric', initial: 'C' },
  { name: 'lc_time', initial: 'C' },
  { name: 'lock_timeout', initial: '0' },
  { name: 'max_identifier_length', initial: '63', readOnly: true },
  { name: 'quote_all_identifiers', initial: 'off' },
  { name: 'role', initial: 'none' },
  { name: 'row_security', initial: 'on' },
  { name: 'scram_iterations', initial: '4096', reported: true },
  { name: 'search_path', initial: '"$user", public', reported: true, list: true },
  { name: 'server_encoding', initial: 'UTF8', reported: true, readOnly: true },
  { name: 'server_version', initial: '', reported: true, readOnly: true },
  { name: 'server_version_num', initial: '', readOnly: true },
  { name: 'session_authorization', initial: '', reported: true, readOnly: true },
  { name: 'standard_conforming_strings', initial: 'on', reported: true },
  { name: 'statement_timeout', initial: '0' },
  { name: 'synchronize_seqscans', initial: 'on' },
  { name: 'synchronous_commit', initial: 'on' },
  { name: 'TimeZone', initial: 'UTC', reported: true },
  { name: 'transaction_deferrable', initial: 'off', ofTransaction: true },
  { name: 'transaction_isolation', initial: 'read committed', ofTransaction: true },
  { name: 'transaction_read_only', initial: 'off', ofTransaction: true },
  { name: 'transaction_timeout', initial: '0' },
  { name: 'xmloption', initial: 'content' },
];

const byKey = new Map(definitions.map((definition) => [definition.name.toLowerCase(), definition]));

/** The definition of a setting by its name in any case; undefined for one that this server does not know. */
export function settingDefinition(name: string): SettingDefinition | undefined {
  return byKey.get(name.toLowerCase());
}

/** Names of all settings, as PostgreSQL spells and sorts them. */
export const settingNames: readonly string[] = definitions
  .map(({ name }) => name)
  .sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1));

/** What every session begins with, by lower-case name. */
const defaults: ReadonlyMap<string, string> = new Map(
  definitions.map(({ name, initial }) => [name.toLowerCase(), initial]),
);

/** Values as they stood at a savepoint. */
export interface SettingsSavepoint {
  readonly values: ReadonlyMap<string, string>;
  readonly hidden: ReadonlyMap<string, string | undefined>;
}

const nothing: SettingsSavepoint['hidden'] = new Map();

/**
 * A session's settings by lower-case name: initial values (what RESET goes back to) and current ones. Changes belong to
 * the transaction: a rollback takes them back, and its end those made for it alone (SET LOCAL). A session keeps what differs
 * from the defaults: thousands of idle ones have next to nothing.
 */
export class Settings {
  readonly #initial: ReadonlyMap<string, string>;
  /** The same map as the initial ones until one changes. */
  #current: ReadonlyMap<string, string>;
  /** Values before the transaction, once it changed one. */
  #before: ReadonlyMap<string, string> | undefined;
  /** What SET LOCAL hides until the transaction ends. */
  #hidden: ReadonlyMap<string, string | undefined> = nothing;
  /** What the client knows of reported settings, where that is not the default; undefined before the greeting. */
  #told: ReadonlyMap<string, string> | undefined;
  #changed = true;

  /** @param initial - by lower-case name */
  constructor(initial: ReadonlyMap<string, string>) {
    this.#initial = initial;
    this.#current = initial;
    this.#beginTransaction();
  }

  get values(): ReadonlyMap<string, string> {
    return new Map([...defaults, ...this.#current]);
  }

  get(name: string): string | undefined {
    return this.#valueOf(name.toLowerCase());
  }

  /** Sets a value for the session or, like SET LOCAL, until the transaction ends. */
  set(name: string, value: string, scope: 'session' | 'transaction' = 'session'): void {
    const key = name.toLowerCase();
    this.#before ??= this.#current;
    if (scope === 'session') this.#hidden = without(this.#hidden, key);
    else if (!this.#hidden.has(key)) this.#hidden = withEntry(this.#hidden, key, this.#valueOf(key));
    this.#current = withEntry(this.#current, key, value);
    this.#changed = true;
  }

  /** Sets a value whatever becomes of the transaction; `told` says that the client knows it. */
  assign(name: string, value: string, told: boolean): void {
    const key = name.toLowerCase();
    this.#current = withEntry(this.#current, key, value);
    this.#before &&= withEntry(this.#before, key, value);
    if (told) this.#told &&= withEntry(this.#told, key, value);
    this.#changed = true;
  }

  initialValue(name: string): string | undefined {
    const key = name.toLowerCase();
    return this.#initial.get(key) ?? defaults.get(key);
  }

  savepoint(): SettingsSavepoint {
    return { values: this.#current, hidden: this.#hidden };
  }

  rollbackTo({ values, hidden }: SettingsSavepoint): void {
    this.#current = values;
    this.#hidden = hidden;
    this.#changed = true;
  }

  /** What an error takes back: changes since the savepoint, or else since the transaction began. */
  abort(savepoint: SettingsSavepoint | undefined): void {
    if (savepoint !== undefined) this.rollbackTo(savepoint);
    else if (this.#before !== undefined) this.rollbackTo({ values: this.#before, hidden: nothing });
  }

  endTransaction(how: 'commit' | 'rollback'): void {
    if (this.#before === undefined) return;
    if (how === 'rollback') this.#current = this.#before;
    else {
      for (const [key, value] of this.#hidden) {
        this.#current = value === undefined ? without(this.#current, key) : withEntry(this.#current, key, value);
      }
    }
    this.#before = undefined;
    this.#hidden = nothing;
    this.#beginTransaction();
    this.#changed = true;
  }

  /** Values that the client is to be told and has not been, with PostgreSQL's spelling of the names. */
  takeUntold(): readonly (readonly [name: string, value: string])[] {
    if (!this.#changed) return [];
    this.#changed = false;
    const told = this.#told;
    const known = (key: string): string | undefined => told && (told.get(key) ?? defaults.get(key));
    this.#told = this.#current;
    return settingNames.flatMap((name) => {
      const key = name.toLowerCase();
      const value = this.#valueOf(key) ?? '';
      return byKey.get(key)?.reported === true && known(key) !== value ? [[name, value] as const] : [];
    });
  }

  #valueOf(key: string): string | undefined {
    return this.#current.get(key) ?? defaults.get(key);
  }

  #beginTransaction(): void {
    for (const { name, ofTransaction } of definitions) {
      if (ofTransaction !== true) continue;
      const value = this.#valueOf(`default_${name}`) ?? '';
      this.#current =
        value === defaults.get(name) ? without(this.#current, name) : withEntry(this.#current, name, value);
    }
  }
}

/** Maps are never changed once they are made, so that savepoints and thousands of sessions may share them. */
function withEntry<T>(map: ReadonlyMap<string, T>, key: string, value: T): ReadonlyMap<string, T> {
  return new Map(map).set(key, value);
}

function without<T>(map: ReadonlyMap<string, T>, key: string): ReadonlyMap<string, T> {
  if (!map.has(key)) return map;
  const others = new Map(map);
  others.delete(key);
  return others;
}
