import { type FieldDescription, typeOid } from '@riffq/wire';
import { encodedRowStream } from '../results/encoded-rows.js';
import type { Outcome } from '../results/normalise.js';
import type { ClientSession } from '../session/client-session.js';
import { settingDefinition, settingDefinitions } from '../settings/setting-definition.js';
import { WordReader } from '../sql/word-reader.js';
import { takeSettingName } from './take-setting-name.js';

/** SHOW name and SHOW ALL; undefined for a setting that the session does not know. */
export function show(session: ClientSession, sql: string): Outcome | undefined {
  const fields = shownColumns(session, sql);
  if (fields === undefined) return undefined;
  const setting = (name: string): string => session.settingValues.get(name) ?? '';
  const rows =
    fields.length > 1
      ? settingDefinitions
          .filter(({ hidden }) => !hidden)
          .map(({ name, description }) => [name, setting(name), description])
      : [fields.map((field) => setting(field.name))];
  return { kind: 'rows', rows: encodedRowStream({ fields, rows, tag: 'SHOW' }) };
}

/** The columns of a SHOW, known without running it; undefined for a setting that the session does not know. */
export function shownColumns(session: ClientSession, sql: string): readonly FieldDescription[] | undefined {
  const words = WordReader.behindKeyword(sql);
  if (words.take('ALL') && words.done) return ['name', 'setting', 'description'].map(textColumn);
  const name = takeSettingName(words) ?? '';
  const known = settingDefinition(name)?.name ?? (session.settingValues.get(name) === undefined ? undefined : name);
  return known === undefined ? undefined : [textColumn(known)];
}

/** Both spellings of what pgjdbc, psqlODBC and SQLAlchemy ask at connect, of a session that knows the answer. */
export function asksForIsolation({ transaction }: ClientSession, sql: string): boolean {
  return !transaction.isForwarded && takeSettingName(WordReader.behindKeyword(sql)) === 'transaction_isolation';
}

function textColumn(name: string): FieldDescription {
  return { name, typeOid: typeOid.text };
}
