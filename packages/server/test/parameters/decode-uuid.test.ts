import { describe, test } from 'vitest';
import { expectSameInput } from './same-as-oracle.js';
import { scribble } from './scribble.js';

describe('uuid', () => {
  test('is written in one way however it came', async () => {
    const inputs = [
      'A0EEBC999C0B4EF8BB6D6BB9BD380A11',
      '{a0eebc99-9c0b4ef8-bb6d6bb9-bd380a11}',
      'a0ee-bc99-9c0b-4ef8-bb6d-6bb9-bd38-0a11',
      'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11-',
      '-a0eebc999c0b4ef8bb6d6bb9bd380a11',
      ' a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11',
      '{a0eebc99-9c0b4ef8-bb6d6bb9-bd380a11',
      'a0eebc99-9c0b4ef8-bb6d6bb9-bd380a11}',
      'a0ee--bc99-9c0b-4ef8-bb6d-6bb9-bd38-0a11',
      'a0e-ebc999c0b4ef8bb6d6bb9bd380a11',
      'g0eebc999c0b4ef8bb6d6bb9bd380a11',
      '',
      '{',
      '{}',
      ...scribble(['a0ee', 'BC99', '0000', '-', '12', '{', '}'], 500, 16),
    ];
    await expectSameInput('uuid', inputs, (output) => output);
  });
});
