import { type FieldDescription, typeOid } from '@riffq/wire';
import { type Awaitable, andThen } from '../awaitable.js';
import type { Interrupt } from '../interrupt.js';
import { encodedRowStream } from '../results/encoded-rows.js';
import type { Outcome } from '../results/normalise.js';
import type { ClientSession } from '../session/client-session.js';
import type { StatementRequest } from '../session/handler/statement-request.js';
import { ownerOfSetting, settingsOfSource } from '../session/setting-owner.js';
import { unrecognizedSetting } from '../settings/invalid-setting.js';
import { settingDefinition, settingDefinitions } from '../settings/setting-definition.js';
import { WordReader } from '../sql/word-reader.js';
import { takeSettingName } from './take-setting-name.js';

const columnsOfAll: readonly FieldDescription[] = ['name', 'setting', 'description'].map(textColumn);

/** What a SHOW is about; undefined for what PostgreSQL would not parse. */
type Shown = { readonly all: true } | { readonly all: false; readonly name: string };

/** SHOW name and SHOW ALL; undefined for a setting of the handler's and what cannot be parsed. */
export function show(
  session: ClientSession,
  { statement, interrupt }: Pick<StatementRequest, 'statement' | 'interrupt'>,
): Awaitable<Outcome | undefined> {
  const shown = parseShow(statement.sql);
  if (shown === undefined) return undefined;
  if (shown.all) return andThen(allSettings(session, interrupt), (rows) => outcome(columnsOfAll, rows));
  return andThen(
    settingOf(session, shown.name, interrupt),
    (found) => found && outcome([textColumn(found.name)], [[found.setting]]),
  );
}

/** The columns of a SHOW, known without running it; undefined where `show` gives that. */
export function shownColumns(
  session: ClientSession,
  sql: string,
  interrupt: Interrupt,
): Awaitable<readonly FieldDescription[] | undefined> {
  const shown = parseShow(sql);
  if (shown === undefined) return undefined;
  if (shown.all) return columnsOfAll;
  return andThen(settingOf(session, shown.name, interrupt), (found) => found && [textColumn(found.name)]);
}

/** Both spellings of what pgjdbc, psqlODBC and SQLAlchemy ask at connect, of a session that knows the answer. */
export function asksForIsolation({ transaction }: ClientSession, sql: string): boolean {
  return !transaction.isForwarded && takeSettingName(WordReader.behindKeyword(sql)) === 'transaction_isolation';
}

function parseShow(sql: string): Shown | undefined {
  const words = WordReader.behindKeyword(sql);
  if (words.take('ALL')) return words.done ? { all: true } : undefined;
  const name = takeSettingName(words);
  return name === undefined ? undefined : { all: false, name };
}

/** A setting's value, by the name that its owner gives it. @throws PgError 42704 when nobody has it */
function settingOf(
  session: ClientSession,
  name: string,
  interrupt: Interrupt,
): Awaitable<{ readonly name: string; readonly setting: string } | undefined> {
  return andThen(ownerOfSetting(session, name, interrupt), (owner) => {
    if (owner.kind === 'source') return owner;
    if (owner.kind === 'handler') return undefined;
    if (owner.kind === 'nobody') throw unrecognizedSetting(name);
    const { settingValues } = session;
    const spelled = settingDefinition(name)?.name ?? settingValues.madeUpName(name) ?? name;
    return { name: spelled, setting: settingValues.get(name) ?? '' };
  });
}

/** In the order of PostgreSQL. What the source says of a setting takes the place of what there is. */
function allSettings(session: ClientSession, interrupt: Interrupt): Awaitable<readonly (readonly (string | null)[])[]> {
  return andThen(settingsOfSource(session, interrupt), (ofSource) => {
    const rows = new Map<string, readonly (string | null)[]>();
    for (const { name, hidden, description } of settingDefinitions) {
      if (!hidden) rows.set(name.toLowerCase(), [name, session.settingValues.get(name) ?? '', description]);
    }
    for (const { name, setting } of ofSource) rows.set(name.toLowerCase(), [name, setting, null]);
    return [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  });
}

function outcome(fields: readonly FieldDescription[], rows: readonly (readonly (string | null)[])[]): Outcome {
  return { kind: 'rows', rows: encodedRowStream({ fields, rows, tag: 'SHOW' }) };
}

function textColumn(name: string): FieldDescription {
  return { name, typeOid: typeOid.text };
}
