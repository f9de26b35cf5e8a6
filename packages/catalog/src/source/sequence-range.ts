import { typeOid } from '@riffq/wire';
import type { SequenceContent } from '../database-content.js';
import type { SequenceDescription } from './descriptions.js';

const bits: ReadonlyMap<number, bigint> = new Map([
  [typeOid.int2, 15n],
  [typeOid.int4, 31n],
]);

/** Where a sequence begins and ends, as CREATE SEQUENCE has it for what was left out. */
export function sequenceRange(
  sequence: Pick<SequenceDescription, 'typeOid' | 'increment' | 'start' | 'minimum' | 'maximum'>,
): Pick<SequenceContent, 'start' | 'minimum' | 'maximum'> {
  const limit = 1n << (bits.get(sequence.typeOid) ?? 63n);
  const ascending = sequence.increment > 0n;
  const minimum = sequence.minimum ?? (ascending ? 1n : -limit);
  const maximum = sequence.maximum ?? (ascending ? limit - 1n : -1n);
  return { minimum, maximum, start: sequence.start ?? (ascending ? minimum : maximum) };
}
