import { innerStatement, type Statement } from './statement.js';
import { WordReader } from './word-reader.js';
import { stringValue, type Word } from './words.js';

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
  const [last = '', ...inner] = verbsOf(sql);
  if (changesRows.has(last)) return last;
  return inner.some((verb) => changesRows.has(verb)) ? 'SELECT' : lockingQuery(sql);
}

/** A query that stands in WITH, or has one: its verb is what it begins with, or what comes behind the queries of its own WITH. */
interface Level {
  readonly isQuery: boolean;
  hasBegun: boolean;
  verb: string | undefined;
}

/** The verbs of a WITH statement: its own, and those of the queries in it. */
function verbsOf(sql: string): readonly string[] {
  const own: Level = { isQuery: true, hasBegun: true, verb: undefined };
  const queries = [own];
  const open = [own];
  let previous = 'WITH';
  for (const { text, keyword } of WordReader.behindKeyword(sql).rest) {
    const level = open.at(-1) ?? own;
    if (text === '(') {
      const inner = { isQuery: bodiesFollow.has(previous), hasBegun: false, verb: undefined };
      open.push(inner);
      if (inner.isQuery) queries.push(inner);
    } else if (text === ')') {
      if (open.length > 1) open.pop();
    } else if (level.isQuery && level.verb === undefined) {
      const isVerb = level.hasBegun ? opensStatement.has(keyword) && !namesFollow.has(previous) : keyword !== 'WITH';
      if (isVerb) level.verb = keyword;
      level.hasBegun = true;
    }
    previous = keyword === '' ? text : keyword;
  }
  return queries.map(({ verb = '' }) => verb);
}

const bodiesFollow = new Set(['AS', 'MATERIALIZED']);
const namesFollow = new Set(['WITH', 'RECURSIVE', ',']);

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
  const words = WordReader.behindKeyword(sql);
  if (!takesAnalyze(words)) return undefined;
  const explained = innerStatement(sql, words.offset);
  return explained && writingCommand(explained);
}

const off = new Set(['OFF', 'FALSE', '0']);

/** Takes the options of EXPLAIN, of which the last of a name counts. */
function takesAnalyze(words: WordReader): boolean {
  if (!words.takeSymbol('(')) {
    const runs = takesName(words);
    words.take('VERBOSE');
    return runs;
  }
  let runs = false;
  while (!words.done && !words.takeSymbol(')')) {
    const isAnalyze = takesName(words);
    if (!isAnalyze) words.skip();
    const value = words.word?.kind === 'symbol' ? undefined : words.skip();
    if (isAnalyze) runs = value === undefined || !off.has(wordOf(value));
    words.takeSymbol(',');
  }
  return runs;
}

const takesName = (words: WordReader): boolean => words.take('ANALYZE') || words.take('ANALYSE');

function wordOf({ kind, text }: Word): string {
  return (kind === 'string' ? stringValue(text) : text).toUpperCase();
}

function createdKind(words: WordReader): string {
  const kind = takeKind(words);
  // Without a handler it is an extension's.
  if (kind === 'LANGUAGE') return words.rest.some(({ keyword }) => keyword === 'HANDLER') ? kind : 'EXTENSION';
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
