import { describe, expect, test } from 'vitest';
import { readParameter } from './read-parameter.js';
import { expectSameBinding, expectSameInput } from './same-as-oracle.js';
import { scribble } from './scribble.js';

describe('bit strings', () => {
  test('are read as PostgreSQL reads them, in binary and hexadecimal notation', async () => {
    const inputs = ['', 'b', 'x', '101', 'b101', 'B1', 'x1F', 'Xa0', '2', 'xG', ' 1', '1 ', 'é', 'b1😀', 'xé', '0x1'];
    await expectSameInput('varbit', [...inputs, ...scribble([...'01xbBXaf2 '], 300, 20)], (output) => output);
  });

  test('binary lengths that cannot be are refused', async () => {
    const values = ['', '0000', '00000000', '00000003ff', '00000009ff', '00000003ffff', '00000008a5', '0000000da5a5'];
    const lengths = ['ffffffff', '7fffffff', '7ffffff7', '7ffffff8', '7ffffff9'];
    await expectSameBinding(
      'varbit',
      [...values, ...lengths].map((hex) => Buffer.from(hex, 'hex')),
    );
  });

  test('bit is as long as it was sent, as no length is declared with a parameter', () => {
    expect(readParameter('bit', 'x1F')).toBe('00011111');
    expect(readParameter('bit', Buffer.from('00000003a0', 'hex'))).toBe('101');
  });
});
