/** What PostgreSQL's input and receive functions say of values that they do not take. */
import { PgError, sqlstate } from '@riffq/wire';

/** 22P02: the text is none of the type's. */
export function invalidSyntax(type: string, text: string): PgError {
  const state = sqlstate.invalid_text_representation;
  return new PgError({ sqlstate: state, message: `invalid input syntax for type ${type}: "${text}"` });
}

/** 22003: a number that the type does not hold. */
export function outOfRange(type: string, text: string): PgError {
  const state = sqlstate.numeric_value_out_of_range;
  return new PgError({ sqlstate: state, message: `value "${text}" is out of range for type ${type}` });
}

/** 08P01 for a value that is too short, 22P03 for one that is too long. */
export function checkBinaryLength(start: number, end: number, expected: number): void {
  if (end - start === expected) return;
  throw end - start < expected ? tooShort() : incorrectBinary();
}

/** 08P01: a binary value ends too early. */
export function tooShort(): PgError {
  return new PgError({ sqlstate: sqlstate.protocol_violation, message: 'insufficient data left in message' });
}

/** 22P03: a binary value goes on after its end. */
export function incorrectBinary(): PgError {
  const state = sqlstate.invalid_binary_representation;
  return new PgError({ sqlstate: state, message: 'incorrect binary data format' });
}
