import type {
  CatalogSession,
  CursorEntry,
  PreparedStatementEntry,
  SessionActivity,
  SessionFacts,
} from '../catalog-session.js';
import { sessionName, strangersAddressOf } from './asker-of.js';
import type { StatementSession } from './prologue.js';
import { identifier } from './sql-text.js';

/** Names of what can tell of other sessions. */
const asksForSessions = /pg_stat|_backend/i;

/** Names of what lists roles. */
const asksForRoles = /\bpg_(?:roles|user|group|auth)|_roles\b/i;

/** Names of what tells settings, or may be one of those in disguise. */
const asksForSettings = /setting|set_config|u&/i;

/** UTF-16 units of a setting that every statement is told. */
const longestAlwaysTold = 1000;

const factNames: Readonly<Record<Exclude<keyof SessionFacts, 'transactionBegan'>, string>> = {
  processId: 'process_id',
  clientAddress: 'client_address',
  clientPort: 'client_port',
  serverAddress: 'server_address',
  serverPort: 'server_port',
  transactionId: 'transaction_id',
  started: 'started',
};

/** What only statements that name it ask for; JSON, as functions of the image read it. */
const factsWhenAsked: readonly {
  readonly name: string;
  readonly asked: RegExp;
  readonly tell: (session: CatalogSession) => object | undefined;
}[] = [
  {
    name: 'prepared_statements',
    asked: /pg_prepared_statement/i,
    tell: ({ preparedStatements }) => preparedStatements?.().map(preparedStatementRow),
  },
  { name: 'cursors', asked: /pg_cursor/i, tell: ({ cursors }) => cursors?.().map(cursorRow) },
  {
    name: 'listening_channels',
    asked: /pg_listening_channels/i,
    tell: ({ listeningChannels }) => listeningChannels?.(),
  },
  {
    name: 'initial_settings',
    asked: /set_config|pg_settings|pg_show_all_settings/i,
    tell: ({ initialSettings }) => initialSettings && Object.fromEntries(initialSettings()),
  },
  {
    name: 'setting_sources',
    asked: /pg_settings|pg_show_all_settings/i,
    tell: ({ settingSources }) => settingSources && Object.fromEntries(settingSources()),
  },
];

/** What of a session PostgreSQL has to know for the statement. */
export function statementSession(session: CatalogSession, sql: string): StatementSession {
  const settings = new Map(Array.from(session.settings ?? [], ([name, value]) => [name.toLowerCase(), value]));
  const { searchPath } = session;
  if (searchPath !== undefined) {
    settings.set('search_path', typeof searchPath === 'string' ? searchPath : searchPath.map(identifier).join(', '));
  }
  const told = asksForSettings.test(sql) ? settings : withoutLong(settings);
  const facts = new Map<string, string>();
  const given: Readonly<Record<string, unknown>> = { ...session.facts };
  for (const [name, settingName] of Object.entries(factNames)) {
    if (given[name] !== undefined) facts.set(settingName, String(given[name]));
  }
  const seesSessions = asksForSessions.test(sql);
  const sessions = seesSessions || asksForRoles.test(sql) ? session.sessions?.() : undefined;
  if (seesSessions && sessions !== undefined) facts.set('sessions', JSON.stringify(sessions.map(activityRow)));
  for (const { name, asked, tell } of factsWhenAsked) {
    const told = asked.test(sql) ? tell(session) : undefined;
    if (told !== undefined) facts.set(name, JSON.stringify(told));
  }
  const otherUsers = sessions && new Set(sessions.map(({ user }) => user));
  const began = session.facts?.transactionBegan;
  const strangersAddress = strangersAddressOf(session);
  return {
    user: session.user,
    strangersAddress,
    session: sessionName(session),
    otherUsers,
    began,
    settings,
    told,
    facts,
  };
}

/** A long one that nobody asks for costs with each statement what it costs to be asked for. */
function withoutLong(settings: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map([...settings].filter(([, value]) => value.length <= longestAlwaysTold));
}

/** As the function pg_prepared_statement of the image reads it. */
function preparedStatementRow(entry: PreparedStatementEntry): object {
  return {
    name: entry.name,
    statement: entry.statement,
    prepared: entry.prepared,
    parameter_types: entry.parameterTypes,
    result_types: entry.resultTypes,
    from_sql: entry.fromSql,
  };
}

/** As the function pg_cursor of the image reads it. */
function cursorRow(entry: CursorEntry): object {
  return {
    name: entry.name,
    statement: entry.statement,
    is_holdable: entry.isHoldable,
    is_binary: entry.isBinary,
    is_scrollable: entry.isScrollable,
    created: entry.created,
  };
}

/** As the function riffq_sessions of the image reads it. */
function activityRow({ processId, user, database, applicationName, details }: SessionActivity): object {
  const seen = { process_id: processId, user_name: user, database, application_name: applicationName };
  if (details === null) return seen;
  return {
    ...seen,
    state: details.state,
    query: details.query,
    client_address: details.clientAddress,
    client_port: details.clientPort,
    connected: details.connected,
    transaction_began: details.transactionBegan,
    query_began: details.queryBegan,
    state_changed: details.stateChanged,
    encrypted: details.encrypted,
    tls_version: details.tls?.version,
    tls_cipher: details.tls?.cipher,
    tls_bits: details.tls?.bits,
  };
}
