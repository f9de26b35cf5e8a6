import { PgError } from '@riffq/wire';
import type { TextFit } from '../../type-modifier/fit-text.js';
import { UnsendableValue } from '../../unsendable-value.js';

/**
 * Text as its type's modifier has it.
 *
 * @throws PgError for what the modifier does not take
 */
export function fittedText(text: string, fit: TextFit): string {
  try {
    return fit(text);
  } catch (error) {
    if (!(error instanceof UnsendableValue)) throw error;
    const { sqlstate, message, detail } = error;
    throw new PgError({ sqlstate, message, ...(detail !== undefined && { detail }) });
  }
}
