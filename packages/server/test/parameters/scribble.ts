import fc from 'fast-check';

/** Texts out of the given pieces, the same in every run: most are wrong in ways that nobody would think of. */
export function scribble(pieces: readonly string[], count: number, longest = 12): readonly string[] {
  const text = fc.string({ unit: fc.constantFrom(...pieces), maxLength: longest });
  return fc.sample(text, { seed: 4, numRuns: count });
}

/** Numbers over the whole range of magnitudes, the same in every run, as text with as many digits as they need. */
export function randomFloats(count: number): readonly string[] {
  return fc.sample(fc.double({ noNaN: true }), { seed: 5, numRuns: count }).map(String);
}
