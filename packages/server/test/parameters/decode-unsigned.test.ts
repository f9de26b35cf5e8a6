import { describe, expect, test } from 'vitest';
import { readParameter } from './read-parameter.js';
import { expectSameBinding, expectSameInput } from './same-as-oracle.js';
import { scribble } from './scribble.js';

const edges = [31n, 32n, 63n, 64n].flatMap((power) => [-1n, 0n, 1n].map((step) => 2n ** power + step));
const inputs = [
  ...['', '0', '-1', ' 5 ', '010', '08', '0x1f', '-0X1F', '0x', '0xg', '1_0', '0b11', 'abc', '-', '+ 1'],
  ...edges.flatMap((edge) => [`${edge}`, `-${edge}`, `0x${edge.toString(16)}`, `0${edge.toString(8)}`, `${edge}x`]),
  ...['9'.repeat(40), `${'0'.repeat(99)}7`, `0x${'f'.repeat(40)}z`],
  ...scribble([...'01789afxX_+- \f'], 700),
];

describe('unsigned integers', () => {
  test('oid is read as PostgreSQL reads it, signs and octal too, into a number', async () => {
    await expectSameInput('oid', inputs, Number);
  });

  test('xid and cid are read as PostgreSQL reads them, into numbers', async () => {
    await expectSameInput('xid', inputs.slice(0, 100), Number);
    await expectSameBinding('cid', inputs.slice(0, 50));
  });

  test('xid8 is read as PostgreSQL reads it, into a bigint', async () => {
    await expectSameInput('xid8', inputs, BigInt);
  });
});

describe('names of OIDs', () => {
  test.each(['regclass', 'regtype', 'regproc', 'regrole', 'regnamespace', 'regcollation'])(
    'a %s that is a number becomes one',
    (type) => {
      expect(readParameter(type, '1259')).toBe(1259);
      expect(readParameter(type, Buffer.from('000004eb', 'hex'))).toBe(1259);
    },
  );

  test('a hyphen is 0, as PostgreSQL writes it', () => {
    expect(readParameter('regclass', '-')).toBe(0);
    expect(readParameter('regclass[]', '{-,1259,pg_type,NULL}')).toEqual([0, 1259, 'pg_type', null]);
  });

  test('a name stays a string, as only the handler can look it up', () => {
    expect(readParameter('regclass', 'pg_catalog.pg_class')).toBe('pg_catalog.pg_class');
    expect(readParameter('regtype', '')).toBe('');
  });

  test('a number that is no OID is refused as PostgreSQL refuses it', async () => {
    await expectSameBinding('regclass', ['4294967296', '99999999999999999999', '089']);
  });
});
