import { typeOid } from '@riffq/wire';
import type { ColumnContent, SequenceContent } from '../database-content.js';
import { chooseName } from '../object-name.js';
import type { OidAllocator } from '../registry/oid-allocator.js';
import type { SequenceDescription } from './descriptions.js';
import type { ObjectRegistry } from './object-registry.js';
import { sequenceRange } from './sequence-range.js';
import type { SettledRelation, SettledSchema } from './settled-relation.js';

/** What the sequences of a database share while they are made. */
interface SharedObjects {
  readonly oids: OidAllocator;
  readonly objects: ObjectRegistry;
  readonly database: string;
  isTaken(schema: SettledSchema, name: string): boolean;
  hasSequence(schema: string, relation: string, column: string): boolean;
}

const nameKey = ['relnamespace', 'relname'];
const ofSequences: ReadonlySet<number> = new Set([typeOid.int2, typeOid.int4, typeOid.int8]);

/** Makes a sequence: its OID, if it has none, and where it begins and ends. @throws PgError when it is there already. */
export function buildSequence(
  { oids, objects, database }: SharedObjects,
  schema: SettledSchema,
  facts: Omit<SequenceDescription, 'ownedBy'>,
  ownedBy: SequenceContent['ownedBy'] | undefined,
): SequenceContent {
  const oid = oids.settle(facts.oid, 'rel', database, schema.description.name, facts.name);
  objects.add('pg_class', nameKey, [schema.oid, facts.name]);
  objects.add('pg_class', ['oid'], [oid]);
  return { ...facts, ...sequenceRange(facts), oid, ownedBy: ownedBy ?? null };
}

/** Makes the sequences of identity columns, as PostgreSQL does, where the source reports none. */
export function buildIdentitySequences(
  shared: SharedObjects,
  { schema, oid, description }: SettledRelation,
  columns: readonly ColumnContent[],
): readonly SequenceContent[] {
  return columns.flatMap((column, at) => {
    if (column.identity === null || shared.hasSequence(schema.description.name, description.name, column.name))
      return [];
    const name = chooseName(description.name, [column.name], 'seq', (taken) => shared.isTaken(schema, taken));
    const type = ofSequences.has(column.typeOid) ? column.typeOid : typeOid.int8;
    const limits = { start: undefined, minimum: undefined, maximum: undefined, increment: 1n, cycle: false };
    const facts = { oid: undefined, name, typeOid: type, ...limits };
    return buildSequence(shared, schema, facts, { relationOid: oid, column: at + 1 });
  });
}
