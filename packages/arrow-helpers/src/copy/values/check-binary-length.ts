import { incorrectBinary, tooShort } from '../../type-functions/input-error.js';

/** 08P01 for a value that is too short, 22P03 for one that is too long. */
export function checkBinaryLength(start: number, end: number, expected: number): void {
  if (end - start === expected) return;
  throw end - start < expected ? tooShort() : incorrectBinary();
}
