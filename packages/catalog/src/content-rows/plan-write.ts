import { setImmediate } from 'node:timers/promises';
import type { DatabaseContent } from '../database-content.js';
import type { WriteStep } from '../engine/engine-messages.js';
import { literal } from '../engine/sql-text.js';
import { builtIns } from './built-ins.js';
import { changedRows } from './changed-rows.js';
import { ContentContext } from './content-context.js';
import { type ContentUnit, contentUnits, relationUnit } from './content-units.js';
import { type PlacedRelation, relationChanges } from './relation-changes.js';
import { removal } from './removal.js';
import {
  bringBack,
  informationSchemaOid,
  moveAside,
  type ReplacedBuiltIn,
  renumberInformationSchema,
} from './replaced-built-in.js';
import { RowWriter } from './row-writer.js';
import { sameData } from './same-data.js';

/** So many units are worked on before others may have the thread. */
const unitsAtOnce = 250;
/** If more units than this are written, and more than a fifth of all, PostgreSQL's statistics are out of date. */
const fewUnits = 200;

/**
 * What queries look for or join by; the statistics of what rows of a source have in common with the built-in ones stay as they are.
 * A tenth of the usual sample: a catalog's columns are nearly unique or have a few values, and to sort the samples is what takes long.
 */
const analyze = `SET LOCAL default_statistics_target = 10;
ANALYZE pg_class (oid, relname, relnamespace, reltype, relowner, relkind),
  pg_attribute (attrelid, attname, attnum, atttypid), pg_type (oid, typname, typnamespace, typowner, typtype, typrelid, typelem, typarray),
  pg_constraint (oid, conname, connamespace, contype, conrelid, contypid, conindid, confrelid), pg_index, pg_namespace`;

const publicSchema = 'public';
const restorePublic = `INSERT INTO pg_namespace (oid, nspname, nspowner) SELECT 2200, 'public', 6171
  WHERE NOT EXISTS (SELECT FROM pg_namespace WHERE nspname = 'public')`;

/**
 * OIDs of what nobody names by OID. They have to differ from each other while an engine lives, and from those that PostgreSQL
 * itself gives to the roles of clients and their memberships, which begin at 16384. Some clients read OIDs as 31 bits.
 */
let lastOid = 1_900_000_000;

/** A content taken apart. */
interface Taken {
  readonly units: ReadonlyMap<string, ContentUnit>;
  readonly context: ContentContext;
}

/** By the major version that clients are told of. */
const known = new Map<number, WeakMap<DatabaseContent, Taken>>();

/**
 * Gives the steps that make one content of another in the system tables: what went or changed is deleted, what came or
 * changed is written.
 *
 * @param majorVersion - of the PostgreSQL that clients are told of
 * @throws PgError if the content cannot be written
 */
export async function* planWrite(
  before: DatabaseContent | null,
  after: DatabaseContent,
  majorVersion: number,
): AsyncGenerator<readonly WriteStep[]> {
  const { changed, removed, units, context, contextBefore } = await differences(before, after, majorVersion);
  const writer = new RowWriter();
  const few = changed.length + removed.length <= fewUnits;
  // Of few objects it pays to find out which of their rows are others.
  const { gone, come } =
    few && contextBefore !== undefined
      ? changedRows(writer, { units: removed, context: contextBefore }, { units: changed, context })
      : { gone: removed.map((unit) => ({ unit, tables: undefined })), come: changed };
  const deletions = [
    removal(gone),
    ...bringBack(replacedBy(removed)),
    ...renumberInformationSchema(
      informationSchemaOid(before?.schemas ?? [], context.builtIns),
      informationSchemaOid(after.schemas, context.builtIns),
    ),
    ...moveAside(replacedBy(changed)),
    publicSchemaSql(before, after),
  ].filter((sql) => sql !== '');
  if (deletions.length > 0) yield [{ kind: 'sql', sql: deletions.join(';\n') }];
  for await (const portion of portions(inOrderOfOids(come))) {
    for (const unit of portion) unit.write(writer, context);
    yield writer.take();
  }
  const rest = writer.take();
  if (rest.length > 0) yield rest;
  const settings = settingsSql(before, after);
  if (settings !== '') yield [{ kind: 'sql', sql: settings }];
  if (changed.length > Math.max(fewUnits, units / 5)) {
    yield [
      { kind: 'sql', sql: analyze },
      // The log of what was written is in memory too: what follows will be little for long.
      { kind: 'sql', sql: 'CHECKPOINT' },
    ];
  }
}

/**
 * As the indexes of the system tables have them: a row that belongs at an index's end PostgreSQL puts there without looking for its
 * place, and pages become full.
 */
function inOrderOfOids(units: readonly ContentUnit[]): readonly ContentUnit[] {
  const oidOf = ({ oids }: ContentUnit): number => oids.pg_class?.[0] ?? 0;
  return [...units].sort((a, b) => oidOf(a) - oidOf(b));
}

function replacedBy(units: readonly ContentUnit[]): readonly ReplacedBuiltIn[] {
  return units.flatMap(({ replaces }) => replaces ?? []);
}

/** What is to be written and what to be removed; `units` is how many there are if all were looked at. */
interface Differences {
  readonly changed: readonly ContentUnit[];
  readonly removed: readonly ContentUnit[];
  readonly units: number;
  readonly context: ContentContext;
  /** Of what was there before; undefined when nothing was. */
  readonly contextBefore: ContentContext | undefined;
}

async function differences(
  before: DatabaseContent | null,
  after: DatabaseContent,
  majorVersion: number,
): Promise<Differences> {
  const few = before === null ? undefined : relationChanges(before, after, fewUnits);
  if (before !== null && few !== undefined) {
    const context = await contextOf(after, majorVersion);
    const old = await contextOf(before, majorVersion);
    const changed = placedUnits(few.come, context);
    return { changed, removed: placedUnits(few.gone, old), units: changed.length, context, contextBefore: old };
  }
  const taken = before === null ? undefined : await takeApart(before, majorVersion);
  const old = taken?.units ?? new Map<string, ContentUnit>();
  const { units, context } = await takeApart(after, majorVersion);
  const changed: ContentUnit[] = [];
  for await (const portion of portions([...units.values()])) {
    changed.push(...portion.filter((unit) => !isSame(old.get(unit.key), unit)));
  }
  const gone = [...old.values()].filter(({ key }) => !units.has(key));
  const replaced = changed.flatMap(({ key }) => old.get(key) ?? []);
  const removed = [...gone, ...replaced];
  return { changed, removed, units: units.size, context, contextBefore: taken?.context };
}

function placedUnits(placed: readonly PlacedRelation[], context: ContentContext): readonly ContentUnit[] {
  return placed.map(({ relation, schema }) => relationUnit(relation, schema, context));
}

function isSame(before: ContentUnit | undefined, after: ContentUnit): boolean {
  return before === after || sameData(before?.data, after.data);
}

async function takeApart(content: DatabaseContent, majorVersion: number): Promise<Taken> {
  const kept = known.get(majorVersion) ?? new WeakMap<DatabaseContent, Taken>();
  known.set(majorVersion, kept);
  const before = kept.get(content);
  if (before !== undefined) return before;
  const context = await contextOf(content, majorVersion);
  const units = new Map<string, ContentUnit>();
  for (const unit of contentUnits(content, context)) {
    units.set(unit.key, unit);
    if (units.size % unitsAtOnce === 0) await setImmediate();
  }
  const taken = { units, context };
  kept.set(content, taken);
  return taken;
}

async function contextOf(content: DatabaseContent, majorVersion: number): Promise<ContentContext> {
  return new ContentContext(content, await builtIns(), { nextOid: () => ++lastOid, majorVersion });
}

async function* portions(units: readonly ContentUnit[]): AsyncGenerator<readonly ContentUnit[]> {
  for (let start = 0; start < units.length; start += unitsAtOnce) {
    if (start > 0) await setImmediate();
    yield units.slice(start, start + unitsAtOnce);
  }
}

/** The source's schema of the name takes the place of the one that every database has. */
function publicSchemaSql(before: DatabaseContent | null, after: DatabaseContent): string {
  const [was, is] = [before, after].map((content) => content?.schemas.find(({ name }) => name === publicSchema));
  if (was?.oid === is?.oid && was?.owner === is?.owner && was?.comment === is?.comment) return '';
  if (is === undefined) return restorePublic;
  const comment = is.comment === null ? '' : ';\nDELETE FROM pg_description WHERE objoid = 2200 AND classoid = 2615';
  return `DELETE FROM pg_namespace WHERE nspname = 'public'${comment}`;
}

function settingsSql(before: DatabaseContent | null, after: DatabaseContent): string {
  const lists = ['settings', 'config'] as const;
  return lists
    .filter((list) => !sameData(before?.[list] ?? [], after[list]))
    .map((list) => `SELECT pg_toast.set_config('riffq.source_${list}', ${literal(JSON.stringify(after[list]))}, false)`)
    .join(';\n');
}
