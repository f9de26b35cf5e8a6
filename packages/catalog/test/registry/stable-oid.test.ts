import { expect, test } from 'vitest';
import { FIRST_USER_OID, stableOid } from '../../src/index.js';

// What the Python original's helper gives: FIRST_USER_OID + int(sha1("\0".join(names))[:8], 16) % 2_000_000_000.
test.each([
  [['db', 'shop'], 678_715_678],
  [['rel', 'shop', 'public', 'orders'], 974_220_834],
  [['type', 'shop', 'public', 'größe'], 1_542_289_576],
] as const)('%j', ([salt, ...parts], oid) => {
  expect(stableOid(salt, ...parts)).toBe(oid);
});

test('is an OID of a user’s object', () => {
  expect(FIRST_USER_OID).toBe(16_384);
  const oids = Array.from({ length: 1000 }, (_, at) => stableOid('rel', String(at)));
  expect(Math.min(...oids)).toBeGreaterThanOrEqual(FIRST_USER_OID);
  expect(Math.max(...oids)).toBeLessThan(2 ** 31);
});
