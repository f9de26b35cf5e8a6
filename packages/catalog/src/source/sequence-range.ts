import { typeOid } from '@riffq/wire';
import type { SequenceContent } from '../database-content.js';
import type { SequenceDescription } from './descriptions.js';

const bits: ReadonlyMap<number, bigint> = new Map([
  [typeOid.int2, 15n],
  [typeOid.int4, 31n],
  [typeOid.int8, 63n],
]);

type Facts = Pick<SequenceDescription, 'typeOid' | 'increment' | 'start' | 'minimum' | 'maximum'>;

/** Where a sequence begins and ends, as CREATE SEQUENCE has it for what was left out. */
export function sequenceRange(sequence: Facts): Pick<SequenceContent, 'start' | 'minimum' | 'maximum'> {
  const limit = 1n << (bits.get(sequence.typeOid) ?? 63n);
  const ascending = sequence.increment > 0n;
  const minimum = sequence.minimum ?? (ascending ? 1n : -limit);
  const maximum = sequence.maximum ?? (ascending ? limit - 1n : -1n);
  return { minimum, maximum, start: sequence.start ?? (ascending ? minimum : maximum) };
}

/** What CREATE SEQUENCE would refuse; undefined when it would refuse nothing. */
export function wrongInSequence(
  facts: Facts,
): { readonly field: keyof Facts; readonly expected: string; readonly value: unknown } | undefined {
  const { typeOid: type, increment } = facts;
  const size = bits.get(type);
  if (size === undefined) return { field: 'typeOid', expected: 'that of smallint, integer or bigint', value: type };
  if (increment === 0n) return { field: 'increment', expected: 'other than zero', value: increment };
  const { minimum, maximum, start } = sequenceRange(facts);
  const limit = 1n << size;
  if (maximum >= limit) return { field: 'maximum', expected: `less than ${limit}`, value: maximum };
  if (minimum < -limit) return { field: 'minimum', expected: `${-limit} or more`, value: minimum };
  if (minimum >= maximum) return { field: 'minimum', expected: `less than the maximum ${maximum}`, value: minimum };
  if (start < minimum || start > maximum) {
    return { field: 'start', expected: `between ${minimum} and ${maximum}`, value: start };
  }
  return undefined;
}
