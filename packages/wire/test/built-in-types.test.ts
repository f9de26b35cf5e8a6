import { arrayTypeOid, elementTypeOid, typeOid, typeSize } from '@riffq/wire';
import { describe, expect, test } from 'vitest';

describe('the types of PostgreSQL', () => {
  test.each([
    ['bool', 16, 1],
    ['int8', 20, 8],
    ['int4', 23, 4],
    ['text', 25, -1],
    ['name', 19, 64],
    ['numeric', 1700, -1],
    ['timestamptz', 1184, 8],
    ['uuid', 2950, 16],
    ['jsonb', 3802, -1],
    ['int4range', 3904, -1],
    ['void', 2278, 4],
    ['unknown', 705, -2],
    ['_int4', 1007, -1],
    ['xid8', 5069, 8],
  ] as const)('%s has OID %i and size %i', (name, oid, size) => {
    expect(typeOid[name]).toBe(oid);
    expect(typeSize(oid)).toBe(size);
  });

  test.each([0, 16_384, 4_294_967_295])('OID %i is not known: its size varies, it is no array and has none', (oid) => {
    expect(typeSize(oid)).toBe(-1);
    expect(arrayTypeOid(oid)).toBeUndefined();
    expect(elementTypeOid(oid)).toBeUndefined();
  });
});

describe('arrays', () => {
  test('the array of every type is the one called _type, and has its elements', () => {
    const byName = new Map<string, number>(Object.entries(typeOid));
    let arrays = 0;
    for (const [name, oid] of byName) {
      const array = arrayTypeOid(oid);
      if (array === undefined) continue;
      expect([name, byName.get(`_${name}`)]).toEqual([name, array]);
      expect(elementTypeOid(array)).toBe(oid);
      arrays++;
    }
    expect(arrays).toBe(78);
  });

  test('int2vector and oidvector are arrays, point is none', () => {
    expect(elementTypeOid(typeOid.int2vector)).toBe(typeOid.int2);
    expect(elementTypeOid(typeOid.oidvector)).toBe(typeOid.oid);
    expect(elementTypeOid(typeOid.point)).toBeUndefined();
    expect(elementTypeOid(typeOid.text)).toBeUndefined();
  });
});
