import { settingDefinitions } from './setting-definition.js';
import { withEntry } from './shared-map.js';

/** PostgreSQL's spelling and default of what clients are told of, by lower-case name. */
const reported: ReadonlyMap<string, { readonly name: string; readonly initial: string }> = new Map(
  settingDefinitions
    .filter((definition) => definition.reported)
    .map(({ name, initial }) => [name.toLowerCase(), { name, initial }]),
);

const noValues: ReadonlyMap<string, string> = new Map();
const noNames: readonly string[] = [];

/** What a client has been told of its settings by ParameterStatus, and the order in which PostgreSQL tells it of others. */
export class ToldSettings {
  /** What the client knows of reported settings, where that is not the default; undefined before the greeting. */
  #told: ReadonlyMap<string, string> | undefined;
  #isBehind = true;
  /** What was assigned when the client was told. */
  #assignedWhenTold = noValues;
  /** Reported settings that were set since then, in the order in which PostgreSQL tells them: the last one first. */
  #set = noNames;
  /** What another PostgreSQL has said of the running statement is in that order already. */
  #saidOfStatement = 0;

  /** Whether anything may have changed since the client was told. */
  get isBehind(): boolean {
    return this.#isBehind;
  }

  /** Values have changed in another way than by being set. */
  change(): void {
    this.#isBehind = true;
  }

  /** The setting was set. */
  note(key: string): void {
    this.#put(key, 0);
  }

  /** The setting has another value, as another PostgreSQL said. */
  noteSaid(key: string): void {
    if (this.#put(key, this.#saidOfStatement)) this.#saidOfStatement += 1;
  }

  /** The client has been told by somebody else. */
  learn(key: string, value: string): void {
    this.#isBehind = true;
    this.#told &&= withEntry(this.#told, key, value);
  }

  /** What is noted from here on belongs to another statement. */
  beginStatement(): void {
    this.#saidOfStatement = 0;
  }

  /** Tells the values that the client is to be told and has not been, with PostgreSQL's spelling of the names. */
  tellUntold(
    own: ReadonlyMap<string, string>,
    assigned: ReadonlyMap<string, string>,
    tell: (name: string, value: string) => void,
  ): void {
    const told = this.#told;
    // What a rollback has changed is told as it was set.
    const keys = told === undefined ? [] : [...this.#set, ...this.#assignedWhenTold.keys()];
    this.markTold(own, assigned);
    for (const key of new Set([...keys, ...reported.keys()])) {
      const setting = reported.get(key);
      if (setting === undefined) continue;
      const { name, initial } = setting;
      const value = own.get(key) ?? initial;
      const known = told && (told.get(key) ?? initial);
      if (known !== value) tell(name, value);
    }
  }

  /** The client has been told all. */
  markTold(own: ReadonlyMap<string, string>, assigned: ReadonlyMap<string, string>): void {
    this.#isBehind = false;
    this.#set = noNames;
    this.#saidOfStatement = 0;
    this.#told = own;
    this.#assignedWhenTold = assigned;
  }

  /** Whether it has not been noted before. */
  #put(key: string, at: number): boolean {
    this.#isBehind = true;
    if (!reported.has(key) || this.#set.includes(key)) return false;
    this.#set = [...this.#set.slice(0, at), key, ...this.#set.slice(at)];
    return true;
  }
}
