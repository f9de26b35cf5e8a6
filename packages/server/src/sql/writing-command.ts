import { innerStatement, type Statement } from './statement.js';
import { WordReader } from './word-reader.js';
import type { Word } from './words.js';

const changesRows = new Set('INSERT UPDATE DELETE MERGE REPLACE UPSERT'.split(' '));
/** By their first word; PostgreSQL tells these by more of their words. */
const changesObjects: ReadonlyMap<string, (words: WordReader) => string | undefined> = new Map([
  ['CREATE', createdKind],
  ['ALTER', (words: WordReader) => (words.take('SYSTEM') ? undefined : takeKind(words))],
  ['DROP', takeKind],
  ['COMMENT', () => ''],
  ['TRUNCATE', () => 'TABLE'],
  ['GRANT', grantedKind],
  ['REVOKE', grantedKind],
  ['REASSIGN', () => 'OWNED'],
  ['REFRESH', () => 'MATERIALIZED VIEW'],
  ['SECURITY', () => 'LABEL'],
  ['IMPORT', takeKind],
]);

/** Words that stand before the kind of object. */
const modifiers = new Set(
  'OR REPLACE TEMP TEMPORARY PERSISTENT LOCAL GLOBAL UNLOGGED UNIQUE RECURSIVE CONSTRAINT TRUSTED PROCEDURAL'.split(
    ' ',
  ),
);
/** Kinds of several words. */
const longKinds = [
  ...[
    'ACCESS METHOD',
    'DEFAULT PRIVILEGES',
    'EVENT TRIGGER',
    'FOREIGN DATA WRAPPER',
    'FOREIGN SCHEMA',
    'FOREIGN TABLE',
  ],
  ...['LARGE OBJECT', 'MATERIALIZED VIEW', 'OPERATOR CLASS', 'OPERATOR FAMILY', 'TEXT SEARCH CONFIGURATION'],
  ...['TEXT SEARCH DICTIONARY', 'TEXT SEARCH PARSER', 'TEXT SEARCH TEMPLATE', 'USER MAPPING'],
].map((kind) => kind.split(' '));
const roles = new Set(['USER', 'GROUP']);

const opensStatement = new Set('SELECT VALUES TABLE WITH INSERT UPDATE DELETE MERGE CREATE'.split(' '));

/**
 * What PostgreSQL calls a statement that a READ ONLY transaction refuses (manual, SET TRANSACTION); undefined for any other,
 * and for what only its execution shows, such as a function that writes.
 */
export function writingCommand(statement: Statement): string | undefined {
  const { keyword, sql } = statement;
  if (changesRows.has(keyword)) return keyword;
  const kind = changesObjects.get(keyword);
  if (kind !== undefined) {
    const name = kind(WordReader.behindKeyword(sql));
    return name === undefined ? undefined : `${keyword} ${name}`.trim();
  }
  switch (keyword) {
    case 'SELECT':
      return statement.selectsInto ? 'SELECT INTO' : lockingQuery(sql);
    case 'WITH':
      return writingQuery(statement);
    case 'COPY':
      return writingCopy(sql);
    case 'EXPLAIN':
      return explainedCommand(sql);
    default:
      return undefined;
  }
}

/** WITH writes by what it ends in, or by one of its queries. */
function writingQuery({ sql, writesInside, selectsInto }: Statement): string | undefined {
  if (!writesInside) return selectsInto ? 'SELECT INTO' : lockingQuery(sql);
  let depth = 0;
  let before: Word | undefined;
  let writes = false;
  for (const word of WordReader.behindKeyword(sql).rest) {
    if (word.text === '(') depth += 1;
    else if (word.text === ')') depth -= 1;
    else if (changesRows.has(word.keyword)) {
      if (depth === 0 && before?.text === ')') return word.keyword;
      writes ||= depth > 0 && before?.text === '(';
    }
    before = word;
  }
  return writes ? 'SELECT' : lockingQuery(sql);
}

const maybeLocks = /\bfor\s+(?:no|key|update|share)\b/i;
const locks = ['UPDATE', 'NO KEY UPDATE', 'SHARE', 'KEY SHARE'].map((lock) => `FOR ${lock}`);

/** Locking rows writes to them; there are none without FROM. PostgreSQL names the first lock. */
function lockingQuery(sql: string): string | undefined {
  if (!maybeLocks.test(sql)) return undefined;
  const words = WordReader.behindKeyword(sql);
  let reads = false;
  for (; !words.done; words.skip()) {
    reads ||= words.word?.keyword === 'FROM';
    const lock = reads ? locks.find((keywords) => words.take(...keywords.split(' '))) : undefined;
    if (lock !== undefined) return `SELECT ${lock}`;
  }
  return undefined;
}

/** COPY ... FROM whatever, and COPY of a query that writes. */
function writingCopy(sql: string): string | undefined {
  const words = WordReader.behindKeyword(sql);
  const query = words.word?.text === '(' ? innerStatement(sql, words.offset + 1) : undefined;
  if (query !== undefined) return writingCommand(query);
  for (const keyword of outermost(words.rest)) {
    if (keyword === 'TO') return undefined;
    if (keyword === 'FROM') return 'COPY FROM';
  }
  return undefined;
}

/** EXPLAIN ANALYZE runs what it explains. */
function explainedCommand(sql: string): string | undefined {
  let runs = false;
  for (const { keyword, start } of WordReader.behindKeyword(sql).rest) {
    if (keyword === 'ANALYZE' || keyword === 'ANALYSE') runs = true;
    if (!opensStatement.has(keyword)) continue;
    const explained = runs ? innerStatement(sql, start) : undefined;
    return explained && writingCommand(explained);
  }
  return undefined;
}

function createdKind(words: WordReader): string {
  const kind = takeKind(words);
  if (kind !== 'TABLE') return kind;
  return [...outermost(words.rest)].includes('AS') ? 'TABLE AS' : kind;
}

/** The keywords outside of all parentheses. */
function* outermost(words: readonly Word[]): Generator<string, void> {
  let depth = 0;
  for (const { text, keyword } of words) {
    if (text === '(') depth += 1;
    else if (text === ')') depth -= 1;
    else if (depth === 0) yield keyword;
  }
}

function takeKind(words: WordReader): string {
  while (modifiers.has(words.word?.keyword ?? '')) words.skip();
  const long = longKinds.find((kind) => words.take(...kind));
  if (long !== undefined) return long.join(' ');
  const kind = words.skip()?.keyword ?? '';
  return roles.has(kind) ? 'ROLE' : kind;
}

/** Privileges are granted ON something, roles are not. */
function grantedKind(words: WordReader): string {
  return words.rest.some(({ keyword }) => keyword === 'ON') ? '' : 'ROLE';
}
