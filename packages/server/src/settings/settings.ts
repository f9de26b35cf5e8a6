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
import { anyRoom, requireRoom, type SettingsRoom } from './settings-room.js';
import type { SettingsSavepoint } from './settings-savepoint.js';
import { withEntry, without } from './shared-map.js';
import { ToldSettings } from './told-settings.js';

/** What every session begins with, by lower-case name. */
const defaults: ReadonlyMap<string, string> = new Map(
  settingDefinitions.map(({ name, initial }) => [name.toLowerCase(), initial]),
);

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

/** How long a value is for. */
export type SettingScope = 'session' | 'transaction';

const nothing: SettingsSavepoint['hidden'] = new Map();
const noValues: ReadonlyMap<string, string> = new Map();
/** A client may make up any number of names. */
const madeUpAtMost = 2000;

/**
 * A session's settings by lower-case name: initial values (what RESET goes back to) and current ones. Changes belong to
 * the transaction: a rollback takes them back, and its end those made for it alone (SET LOCAL). A session keeps what differs
 * from the defaults: thousands of idle ones have next to nothing.
 */
export class Settings {
  #initial: ReadonlyMap<string, string>;
  /** What statements have set, which goes before the initial values. */
  #assigned = noValues;
  /** Names with a dot that somebody has set, by lower-case name: once they are there they stay, as nothing. */
  #madeUp = noValues;
  /** What they had set before the transaction, once it changed something. */
  #before: ReadonlyMap<string, string> | undefined;
  /** What SET LOCAL hides until the transaction ends; undefined where nothing had been set. */
  #hidden: ReadonlyMap<string, string | undefined> = nothing;
  readonly #told = new ToldSettings();
  #output: { readonly of: ReadonlyMap<string, string>; readonly settings: OutputSettings } | undefined;

  #input: { readonly of: ReadonlyMap<string, string>; readonly settings: TextSettings } | undefined;

  readonly #room: SettingsRoom;

  /** @param initial - by lower-case name */
  constructor(initial: ReadonlyMap<string, string>, room = anyRoom) {
    this.#initial = initial;
    this.#room = room;
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
    this.#initial = new Map([...chosen, ...this.#initial]);
    this.#output = undefined;
    this.#input = undefined;
    this.#beginTransaction();
  }

  get values(): ReadonlyMap<string, string> {
    return new Map([...defaults, ...this.own]);
  }

  /** What shapes a client's answers, and what the session has changed: all else is PostgreSQL's default anyway. */
  get shapingAnswers(): ReadonlyMap<string, string> {
    return new Map([...shapingDefaults, ...this.own]);
  }

  /** What differs from the defaults, by lower-case name: the initial values themselves as long as nothing is set. */
  get own(): ReadonlyMap<string, string> {
    const isUnchanged = this.#assigned.size === 0 && this.#madeUp.size === 0;
    if (isUnchanged) return this.#initial;
    const madeUp = Array.from(this.#madeUp.keys(), (key) => [key, ''] as const);
    return new Map([...madeUp, ...this.#initial, ...this.#assigned]);
  }

  /** What shapes the text of values: the same object for as long as it does so in the same way. */
  get output(): OutputSettings {
    if (this.#output?.of !== this.#assigned) this.#output = { of: this.#assigned, settings: this.#chooseOutput() };
    return this.#output.settings;
  }

  #chooseOutput(): OutputSettings {
    const isUsual = !outputSettingKeys.some((key) => this.#differs(key));
    return isUsual ? usualOutput : outputSettings((name) => this.get(name));
  }

  /** What the text of values is read by. */
  get input(): TextSettings {
    if (this.#input?.of !== this.#assigned) {
      const isUsual = !inputSettingKeys.some((key) => this.#differs(key));
      const own = isUsual
        ? defaultTextSettings
        : { ...defaultTextSettings, ...inputSettings((name) => this.get(name)) };
      this.#input = { of: this.#assigned, settings: own };
    }
    return this.#input.settings;
  }

  /** Whether views of information_schema can be named without their schema. */
  get searchesInformationSchema(): boolean {
    return this.#ownValue('search_path')?.includes('information_schema') ?? false;
  }

  /** Whether a backslash escapes in any string constant. */
  get escapesInStrings(): boolean {
    return this.#ownValue('standard_conforming_strings') === 'off';
  }

  /** Whether the running transaction, or the next statement's own, is READ ONLY. */
  get isReadOnly(): boolean {
    return this.#ownValue('transaction_read_only') === 'on';
  }

  get(name: string): string | undefined {
    return this.#valueOf(name.toLowerCase());
  }

  /** Lower-case names of what statements have set. */
  get assignedNames(): readonly string[] {
    return [...this.#assigned.keys()];
  }

  /** Sets a value for the session or, like SET LOCAL, until the transaction ends. */
  set(name: string, value: string, scope: SettingScope = 'session'): void {
    this.#change(name, value, scope);
  }

  /** Gives a setting the value back that the session began with. */
  reset(name: string, scope: SettingScope = 'session'): void {
    this.#change(name, undefined, scope);
  }

  #change(name: string, value: string | undefined, scope: SettingScope): void {
    const key = name.toLowerCase();
    const isNew = this.#valueOf(key) === undefined;
    if (isNew && this.#madeUp.size >= madeUpAtMost) throw tooManySettings(madeUpAtMost);
    const before = this.#before ?? this.#assigned;
    let hidden = this.#hidden;
    if (scope === 'session') hidden = without(hidden, key);
    else if (!hidden.has(key)) hidden = withEntry(hidden, key, this.#assigned.get(key));
    // What a transaction changes comes behind the rest, in the order in which it does so.
    const isUnchanged = this.#assigned.get(key) === before.get(key);
    const others = isUnchanged ? without(this.#assigned, key) : this.#assigned;
    const values = value === undefined ? without(others, key) : withEntry(others, key, value);
    const madeUp = isNew ? withEntry(this.#madeUp, key, name) : this.#madeUp;
    if (value !== undefined || isNew) requireRoom(this.#room, { values, hidden }, madeUp);
    this.#madeUp = madeUp;
    this.#before = before;
    this.#hidden = hidden;
    this.#assigned = values;
    this.#told.note(key);
  }

  /** A name as it was spelled when it was made up. */
  madeUpName(name: string): string | undefined {
    return this.#madeUp.get(name.toLowerCase());
  }

  #assign(key: string, value: string | undefined): void {
    this.#assigned = value === undefined ? without(this.#assigned, key) : withEntry(this.#assigned, key, value);
  }

  /** Gives a transaction that AND CHAIN begins the values of the one before, which no error takes back. */
  chainTransaction(values: readonly (readonly [name: string, value: string])[]): void {
    this.#assigned = new Map([...this.#assigned, ...values]);
    this.#before = this.#assigned;
    this.#told.change();
  }

  /** Sets a value whatever becomes of the transaction; `told` says that the client knows it. */
  assign(name: string, value: string, told: boolean): void {
    const key = name.toLowerCase();
    this.#assign(key, value);
    this.#before &&= withEntry(this.#before, key, value);
    if (told) this.#told.learn(key, value);
    else this.#told.noteSaid(key);
  }

  /** What is assigned from here on belongs to another statement. */
  beginStatement(): void {
    this.#told.beginStatement();
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
    return { values: this.#assigned, hidden: this.#hidden };
  }

  /** What a setting was at a savepoint. */
  valueAt({ values }: SettingsSavepoint, name: string): string | undefined {
    const key = name.toLowerCase();
    return values.get(key) ?? this.initialValue(key);
  }

  rollbackTo({ values, hidden }: SettingsSavepoint): void {
    this.#assigned = values;
    this.#hidden = hidden;
    this.#told.change();
  }

  /** What an error takes back: changes since the savepoint, or else since the transaction began. */
  abort(savepoint: SettingsSavepoint | undefined): void {
    if (savepoint !== undefined) this.rollbackTo(savepoint);
    else if (this.#before !== undefined) this.rollbackTo({ values: this.#before, hidden: nothing });
  }

  endTransaction(how: 'commit' | 'rollback'): void {
    if (this.#before === undefined) return;
    if (how === 'rollback') this.#assigned = this.#before;
    else for (const [key, value] of this.#hidden) this.#assign(key, value);
    this.#before = undefined;
    this.#hidden = nothing;
    this.#beginTransaction();
    this.#told.change();
  }

  /** Whether anything may have changed since the client was told. */
  get hasUntold(): boolean {
    return this.#told.isBehind;
  }

  /** Tells the values that the client is to be told and has not been, with PostgreSQL's spelling of the names. */
  tellUntold(tell: (name: string, value: string) => void): void {
    this.#told.tellUntold(this.own, this.#assigned, tell);
  }

  /** The client has been told all. */
  markTold(): void {
    this.#told.markTold(this.own, this.#assigned);
  }

  #valueOf(key: string): string | undefined {
    return this.#ownValue(key) ?? defaults.get(key) ?? (this.#madeUp.has(key) ? '' : undefined);
  }

  #ownValue(key: string): string | undefined {
    return this.#assigned.get(key) ?? this.#initial.get(key);
  }

  #differs(key: string): boolean {
    return this.#ownValue(key) !== undefined;
  }

  #beginTransaction(): void {
    for (const { name, initial, beginsAs } of settingsOfTransaction) {
      const value = this.#valueOf(beginsAs) ?? '';
      this.#assign(name, value === (this.#initial.get(name) ?? initial) ? undefined : value);
    }
  }
}
