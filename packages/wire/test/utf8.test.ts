import { decodeFrontendMessage } from '@riffq/wire';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytes, cstring } from './test-bytes.js';
import { thrown } from './thrown.js';

function query(text: Uint8Array): unknown {
  return decodeFrontendMessage({ type: 0x51, body: bytes(text, Uint8Array.of(0)) });
}

describe('text that is not UTF-8 is an error which names the bytes, as in PostgreSQL', () => {
  test.each([
    ['a lone continuation byte', [0x80], '0x80'],
    ['a byte that never occurs', [0xff, 0x61], '0xff'],
    ['a sequence cut at the end', [0x61, 0xe2, 0x82], '0xe2 0x82'],
    ['a sequence cut by a letter', [0xe2, 0x28, 0xa1], '0xe2 0x28 0xa1'],
    ['an overlong form of two bytes', [0xc0, 0x80], '0xc0 0x80'],
    ['an overlong form of three bytes', [0xe0, 0x80, 0x80], '0xe0 0x80 0x80'],
    ['a surrogate', [0xed, 0xa0, 0x80], '0xed 0xa0 0x80'],
    ['a code point above U+10FFFF', [0xf4, 0x90, 0x80, 0x80], '0xf4 0x90 0x80 0x80'],
    ['a mistake after good text', [...bytes('SELECT ’東京🚀'), 0xf0, 0x28, 0x8c, 0x28], '0xf0 0x28 0x8c 0x28'],
    ['a mistake after long text', [...bytes('x'.repeat(100)), 0xfe], '0xfe'],
  ])('%s', (_, text, listed) => {
    expect(thrown(() => query(Uint8Array.from(text)))).toMatchObject({
      severity: 'ERROR',
      sqlstate: '22021',
      message: `invalid byte sequence for encoding "UTF8": ${listed}`,
    });
  });
});

test('every text that is UTF-8 arrives as it was sent', () => {
  const text = fc.string({ unit: 'binary', maxLength: 120 }).filter((value) => !value.includes('\0'));
  fc.assert(
    fc.property(text, (sql) => {
      expect(decodeFrontendMessage({ type: 0x51, body: cstring(sql) })).toEqual({ type: 'Query', sql });
    }),
  );
});

test('exactly the bytes that a strict decoder refuses are refused', () => {
  const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const bytesWithoutNul = fc.uint8Array({ min: 1, maxLength: 8 }).map((part) => part.map((value) => value | 0x80));
  fc.assert(
    fc.property(bytesWithoutNul, (part) => {
      let expected: string | undefined;
      try {
        expected = strict.decode(part);
      } catch {
        expect(thrown(() => query(part)).sqlstate).toBe('22021');
        return;
      }
      expect(query(part)).toEqual({ type: 'Query', sql: expected });
    }),
    { numRuns: 1000 },
  );
});
