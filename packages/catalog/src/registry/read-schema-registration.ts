import { unknownType } from '../errors/registration-errors.js';
import type { DomainDescription, SchemaDescription } from '../source/descriptions.js';
import { readEnum, readSequence, readType } from '../source/read-schema.js';
import { RowReader } from '../source/row-reader.js';
import type { FindType } from './read-table-registration.js';
import type { SchemaRegistration } from './registrations.js';

const method = 'registerSchema';

/** What a registered schema has besides its name and tables. */
export type SchemaFacts = Pick<SchemaDescription, 'comment' | 'enums' | 'domains' | 'sequences'>;

/** Reads all but domains, whose types may be among it. @throws PgError saying what is missing or wrong. */
export function readSchemaFacts(details: SchemaRegistration): SchemaFacts {
  const reader = new RowReader(details, method);
  return {
    comment: reader.optionalText('comment') ?? null,
    enums: reader.list('enums', (row) => readEnum(row, method)),
    domains: [],
    sequences: reader.list('sequences', (row) => readSequence(row, method)),
  };
}

/** Reads the domains of a registered schema. @throws PgError saying what is missing or wrong. */
export function readDomains(details: SchemaRegistration, findType: FindType): readonly DomainDescription[] {
  return new RowReader(details, method).list('domains', (row) => {
    const reader = new RowReader(row, method);
    const type = findType(reader.text('type'));
    if (type === undefined) throw unknownType(reader.text('type'));
    return { ...readType(reader), type, nullable: reader.optionalFlag('nullable') ?? true };
  });
}
