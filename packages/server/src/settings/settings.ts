import {
  defaultTextSettings,
  inputSettings,
  type OutputSettings,
  outputSettingNames,
  outputSettings,
  type TextSettings,
} from '@riffq/arrow-helpers';
import { tooManySettings } from './invalid-setting.js';
import { settingDefinitions } from './setting-definition.js';

/** What every session begins with, by lower-case name. */
const defaults: ReadonlyMap<string, string> = new Map(
  settingDefinitions.map(({ name, initial }) => [name.toLowerCase(), initial]),
);

const reportedNames = settingDefinitions
  .filter(({ reported }) => reported)
  .map(({ name }) => ({ name, key: name.toLowerCase() }));
const settingsOfTransaction = settingDefinitions
  .filter(({ ofTransaction }) => ofTransaction)
  .map(({ name, initial }) => ({ name, initial, beginsAs: `default_${name}` }));

const shapingDefaults: ReadonlyMap<string, string> = new Map(
  settingDefinitions
    .filter(({ shapesAnswers }) => shapesAnswers)
    .map(({ name, initial }) => [name.toLowerCase(), initial]),
);

/** What shapes the text of values: most sessions leave it as it is. */
const outputSettingKeys = outputSettingNames.map((name) => name.toLowerCase());
const usualOutput = outputSettings((name) => defaults.get(name.toLowerCase()));

const inputSettingKeys = ['datestyle', 'intervalstyle', 'timezone'];

/** Values as they stood at a savepoint. */
export interface SettingsSavepoint {
  readonly values: ReadonlyMap<string, string>;
  readonly hidden: ReadonlyMap<string, string | undefined>;
}

const nothing: SettingsSavepoint['hidden'] = new Map();

/** Of what differs from the defaults: a client may make up any number of names with a dot. */
const keptAtMost = 2000;

/**
 * A session's settings by lower-case name: initial values (what RESET goes back to) and current ones. Changes belong to
 * the transaction: a rollback takes them back, and its end those made for it alone (SET LOCAL). A session keeps what differs
 * from the defaults: thousands of idle ones have next to nothing.
 */
export class Settings {
  #initial: ReadonlyMap<string, string>;
  /** The same map as the initial ones until one changes. */
  #current: ReadonlyMap<string, string>;
  /** Values before the transaction, once it changed one. */
  #before: ReadonlyMap<string, string> | undefined;
  /** What SET LOCAL hides until the transaction ends. */
  #hidden: ReadonlyMap<string, string | undefined> = nothing;
  /** What the client knows of reported settings, where that is not the default; undefined before the greeting. */
  #told: ReadonlyMap<string, string> | undefined;
  #changed = true;
  #output: { readonly of: ReadonlyMap<string, string>; readonly settings: OutputSettings } | undefined;

  #input: { readonly of: ReadonlyMap<string, string>; readonly settings: TextSettings } | undefined;

  /** @param initial - by lower-case name */
  constructor(initial: ReadonlyMap<string, string>) {
    this.#initial = initial;
    this.#current = initial;
    this.#beginTransaction();
  }

  /**
   * Sets values that the session begins with, and RESET goes back to, where its client has not asked for others.
   *
   * @throws TypeError for a value that is no text, which no client could be told.
   */
  begin(values: Readonly<Record<string, string>>): void {
    const chosen = Object.entries(values).map(([name, value]) => {
      if (typeof value !== 'string')
        throw new TypeError(`initialSettings.${name} is of type ${typeof value}, not a string`);
      return [name.toLowerCase(), value] as const;
    });
    const unchanged = this.#current === this.#initial;
    this.#initial = new Map([...chosen, ...this.#initial]);
    this.#current = unchanged ? this.#initial : new Map([...chosen, ...this.#current]);
    this.#beginTransaction();
  }

  get values(): ReadonlyMap<string, string> {
    return new Map([...defaults, ...this.#current]);
  }

  /** What shapes a client's answers, and what the session has changed: all else is PostgreSQL's default anyway. */
  get shapingAnswers(): ReadonlyMap<string, string> {
    return new Map([...shapingDefaults, ...this.#current]);
  }

  /** What differs from the defaults, by lower-case name: the same object as long as nothing changes. */
  get own(): ReadonlyMap<string, string> {
    return this.#current;
  }

  /** What shapes the text of values: the same object for as long as it does so in the same way. */
  get output(): OutputSettings {
    if (this.#output?.of !== this.#current) this.#output = { of: this.#current, settings: this.#chooseOutput() };
    return this.#output.settings;
  }

  #chooseOutput(): OutputSettings {
    const isUsual = !outputSettingKeys.some((key) => this.#current.has(key));
    return isUsual ? usualOutput : outputSettings((name) => this.get(name));
  }

  /** What the text of values is read by. */
  get input(): TextSettings {
    if (this.#input?.of !== this.#current) {
      const isUsual = !inputSettingKeys.some((key) => this.#current.has(key));
      const own = isUsual
        ? defaultTextSettings
        : { ...defaultTextSettings, ...inputSettings((name) => this.get(name)) };
      this.#input = { of: this.#current, settings: own };
    }
    return this.#input.settings;
  }

  /** Whether views of information_schema can be named without their schema. */
  get searchesInformationSchema(): boolean {
    return this.#current.get('search_path')?.includes('information_schema') ?? false;
  }

  /** Whether a backslash escapes in any string constant. */
  get escapesInStrings(): boolean {
    return this.#current.get('standard_conforming_strings') === 'off';
  }

  /** Whether the running transaction, or the next statement's own, is READ ONLY. */
  get isReadOnly(): boolean {
    return this.#current.get('transaction_read_only') === 'on';
  }

  get(name: string): string | undefined {
    return this.#valueOf(name.toLowerCase());
  }

  /** Lower-case names of what differs from the defaults, or did. */
  get ownNames(): readonly string[] {
    return [...this.#current.keys()];
  }

  /** Sets a value for the session or, like SET LOCAL, until the transaction ends. */
  set(name: string, value: string, scope: 'session' | 'transaction' = 'session'): void {
    const key = name.toLowerCase();
    if (this.#current.size >= keptAtMost && !this.#current.has(key)) throw tooManySettings(keptAtMost);
    this.#before ??= this.#current;
    if (scope === 'session') this.#hidden = without(this.#hidden, key);
    else if (!this.#hidden.has(key)) this.#hidden = withEntry(this.#hidden, key, this.#valueOf(key));
    this.#current = withEntry(this.#current, key, value);
    this.#changed = true;
  }

  /** Gives a transaction that AND CHAIN begins the values of the one before, which no error takes back. */
  chainTransaction(values: readonly (readonly [name: string, value: string])[]): void {
    this.#current = new Map([...this.#current, ...values]);
    this.#before = this.#current;
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

  /** What RESET ALL goes back to, by lower-case name. */
  get initialValues(): ReadonlyMap<string, string> {
    return new Map([...defaults, ...this.#initial]);
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

  /** Whether anything may have changed since the client was told. */
  get hasUntold(): boolean {
    return this.#changed;
  }

  /** Tells the values that the client is to be told and has not been, with PostgreSQL's spelling of the names. */
  tellUntold(tell: (name: string, value: string) => void): void {
    const told = this.#told;
    this.markTold();
    for (const { name, key } of reportedNames) {
      const value = this.#valueOf(key) ?? '';
      const known = told === undefined ? undefined : (told.get(key) ?? defaults.get(key));
      if (known !== value) tell(name, value);
    }
  }

  /** The client has been told all. */
  markTold(): void {
    this.#changed = false;
    this.#told = this.#current;
  }

  #valueOf(key: string): string | undefined {
    return this.#current.get(key) ?? defaults.get(key);
  }

  #beginTransaction(): void {
    for (const { name, initial, beginsAs } of settingsOfTransaction) {
      const value = this.#valueOf(beginsAs) ?? '';
      this.#current = value === initial ? without(this.#current, name) : withEntry(this.#current, name, value);
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
