import { defaultTextSettings } from '@riffq/arrow-helpers';
import { typeOid } from '@riffq/wire';
import { describe, expect, test } from 'vitest';
import { decodeParameter } from '../../src/parameters/decode-parameter.js';
import { readParameter } from './read-parameter.js';
import { expectSameBinding } from './same-as-oracle.js';

const types = ['text', 'varchar', 'bpchar', 'name', 'refcursor', 'cstring', 'unknown', 'xml'];

describe('text', () => {
  test.each(types)('%s is the string that was sent, in both formats', (type) => {
    for (const text of ['', ' a ', 'NULL', 'é€😀\ufffd', '{"a": [1]}']) {
      expect(readParameter(type, text)).toBe(text);
      expect(readParameter(type, Buffer.from(text))).toBe(text);
    }
  });

  test('bytes that are not UTF-8 and NULs are refused with the sequence that PostgreSQL names', async () => {
    const sequences = ['ff', '80', 'c3', 'c328', 'c300', 'e282', 'e28200', 'e28228', 'eda080', 'f09f98', 'f5808080'];
    const wrong = [...sequences, 'c080', 'e0808080', 'f8888888', '00', '6100', 'c3a900', 'f4908080'];
    const values = wrong.flatMap((hex) => [
      Buffer.from(hex, 'hex'),
      Buffer.concat([Buffer.from('aé€😀'.repeat(9)), Buffer.from(hex, 'hex'), Buffer.from('zé')]),
    ]);
    await expectSameBinding('text', values);
  });

  test('what is wrong is found wherever it is in a long text', async () => {
    const long = Buffer.from('é€😀a'.repeat(3000));
    const places = [0, 4090, 4093, 4094, 4095, 4096, 4097, 8190, 12_288, long.length - 1];
    await expectSameBinding(
      'text',
      places.flatMap((at) => [0xff, 0x00, 0x80].map((byte) => Buffer.from(long).fill(byte, at, at + 1))),
    );
  });

  test('text of any type must be UTF-8, and the error names the parameter', () => {
    const call = () => decodeParameter(Buffer.of(0x31, 0xff), 'text', typeOid.int4, 3, defaultTextSettings);
    expect(call).toThrow(
      expect.objectContaining({
        sqlstate: '22021',
        message: 'invalid byte sequence for encoding "UTF8": 0xff',
        fields: expect.objectContaining({ where: 'unnamed portal parameter $3' }),
      }),
    );
  });

  test('a name longer than PostgreSQL stores is refused in binary', async () => {
    await expectSameBinding('name', [Buffer.alloc(63, 'a'), Buffer.alloc(64, 'a'), Buffer.from('é'.repeat(32))]);
  });
});
