import { typeOid } from '@riffq/wire';
import { invalidField } from '../errors/source-errors.js';
import { requireTypeModifier } from '../registry/require-type-modifier.js';
import type { DomainDescription, EnumDescription, SchemaDescription, SequenceDescription } from './descriptions.js';
import { RowReader } from './row-reader.js';
import { wrongInSequence } from './sequence-range.js';

/** A schema whose relations are still to be asked for. */
export type SchemaReading = Omit<SchemaDescription, 'relations'>;

/** Reads a row of `schemas()`. */
export function readSchema(row: unknown): SchemaReading {
  const reader = new RowReader(row, 'schemas');
  return {
    oid: reader.oid('oid'),
    name: reader.text('name'),
    owner: reader.optionalOid('ownerOid') ?? null,
    comment: reader.optionalText('comment') ?? null,
    enums: reader.list('enums', (item) => readEnum(item, 'schemas')),
    domains: reader.list('domains', readDomain),
    sequences: reader.list('sequences', (item) => readSequence(item, 'schemas')),
  };
}

/** Reads an enumerated type of a schema. */
export function readEnum(row: unknown, method: string): EnumDescription {
  const reader = new RowReader(row, method, { name: 'enums', expected: 'made of objects' });
  return { ...readType(reader), labels: reader.texts('labels') };
}

/** Reads a sequence of a schema. */
export function readSequence(row: unknown, method: string): SequenceDescription {
  const reader = new RowReader(row, method, { name: 'sequences', expected: 'made of objects' });
  const ownedBy = reader.value('ownedBy');
  const name = reader.text('name');
  const of = `sequence "${name}"`;
  const sequence = {
    oid: reader.optionalOid('oid'),
    name,
    typeOid: reader.optionalOid('typeOid') ?? typeOid.int8,
    start: reader.optionalBigInteger('start', of),
    increment: reader.optionalBigInteger('increment', of) ?? 1n,
    minimum: reader.optionalBigInteger('minimum', of),
    maximum: reader.optionalBigInteger('maximum', of),
    cycle: reader.optionalFlag('cycle') ?? false,
    ownedBy: ownedBy === undefined ? undefined : readOwner(ownedBy, method),
  };
  const wrong = wrongInSequence(sequence);
  if (wrong !== undefined) throw invalidField(method, { name: wrong.field, of }, wrong.expected, wrong.value);
  return sequence;
}

/** Reads what enums and domains have in common. */
export function readType(reader: RowReader): Pick<EnumDescription, 'oid' | 'arrayOid' | 'name' | 'comment'> {
  return {
    oid: reader.optionalOid('oid'),
    arrayOid: reader.optionalOid('arrayOid'),
    name: reader.text('name'),
    comment: reader.optionalText('comment') ?? null,
  };
}

function readDomain(row: unknown): DomainDescription {
  const reader = new RowReader(row, 'schemas', { name: 'domains', expected: 'made of objects' });
  const type = readType(reader);
  const [baseType, typeModifier] = [reader.oid('baseTypeOid'), reader.optionalInteger('typeModifier') ?? -1];
  requireTypeModifier('schemas', `domain "${type.name}"`, baseType, typeModifier);
  return {
    ...type,
    type: { kind: 'oid', typeOid: baseType, typeModifier },
    nullable: reader.optionalFlag('nullable') ?? true,
  };
}

function readOwner(row: unknown, method: string): { relation: string; column: string } {
  const reader = new RowReader(row, method, { name: 'ownedBy', expected: 'an object' });
  return { relation: reader.text('relation'), column: reader.text('column') };
}
