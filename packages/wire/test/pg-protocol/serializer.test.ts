import {
  decodeFrontendMessage,
  decodeStartupPacket,
  FrameReader,
  type FrontendMessage,
  type PasswordKind,
} from '@riffq/wire';
import { serialize } from 'pg-protocol';
import { describe, expect, test } from 'vitest';
import { frontendExamples } from '../frontend/frontend-messages.js';
import { bytes, int32 } from '../test-bytes.js';

interface Example {
  readonly bytes: Uint8Array;
  readonly message: FrontendMessage;
  readonly passwordKind?: PasswordKind;
}

const examples: readonly Example[] = [
  { bytes: serialize.query("SELECT 'ü'"), message: { type: 'Query', sql: "SELECT 'ü'" } },
  {
    bytes: serialize.parse({ name: 's1', text: 'SELECT $1, $2', types: [23, 25] }),
    message: { type: 'Parse', statement: 's1', sql: 'SELECT $1, $2', parameterTypes: [23, 25] },
  },
  {
    bytes: serialize.parse({ text: 'SELECT 1' }),
    message: { type: 'Parse', statement: '', sql: 'SELECT 1', parameterTypes: [] },
  },
  {
    bytes: serialize.bind({
      portal: 'p1',
      statement: 's1',
      values: ['zwölf', null, Buffer.from([0, 255])],
      binary: true,
    }),
    message: {
      type: 'Bind',
      portal: 'p1',
      statement: 's1',
      parameterFormats: ['text', 'text', 'binary'],
      parameters: [bytes('zwölf'), null, Uint8Array.of(0, 255)],
      resultFormats: ['binary'],
    },
  },
  {
    bytes: serialize.bind(),
    message: { type: 'Bind', portal: '', statement: '', parameterFormats: [], parameters: [], resultFormats: ['text'] },
  },
  {
    bytes: serialize.describe({ type: 'S', name: 's1' }),
    message: { type: 'Describe', kind: 'statement', name: 's1' },
  },
  { bytes: serialize.describe({ type: 'P' }), message: { type: 'Describe', kind: 'portal', name: '' } },
  { bytes: serialize.execute({ portal: 'p1', rows: 100 }), message: { type: 'Execute', portal: 'p1', maxRows: 100 } },
  { bytes: serialize.execute(), message: { type: 'Execute', portal: '', maxRows: 0 } },
  { bytes: serialize.close({ type: 'S', name: 's1' }), message: { type: 'Close', kind: 'statement', name: 's1' } },
  { bytes: serialize.close({ type: 'P', name: 'p1' }), message: { type: 'Close', kind: 'portal', name: 'p1' } },
  { bytes: serialize.flush(), message: { type: 'Flush' } },
  { bytes: serialize.sync(), message: { type: 'Sync' } },
  { bytes: serialize.end(), message: { type: 'Terminate' } },
  { bytes: serialize.copyData(Buffer.from('1\n')), message: { type: 'CopyData', data: bytes('1\n') } },
  { bytes: serialize.copyDone(), message: { type: 'CopyDone' } },
  { bytes: serialize.copyFail('no more'), message: { type: 'CopyFail', message: 'no more' } },
  {
    bytes: serialize.password('geheim'),
    message: { type: 'PasswordMessage', password: 'geheim' },
    passwordKind: 'PasswordMessage',
  },
  {
    bytes: serialize.sendSASLInitialResponseMessage('SCRAM-SHA-256', 'n,,n=*,r=abc'),
    message: { type: 'SASLInitialResponse', mechanism: 'SCRAM-SHA-256', data: bytes('n,,n=*,r=abc') },
    passwordKind: 'SASLInitialResponse',
  },
  {
    bytes: serialize.sendSCRAMClientFinalMessage('c=biws,r=abc'),
    message: { type: 'SASLResponse', data: bytes('c=biws,r=abc') },
    passwordKind: 'SASLResponse',
  },
];

describe('what node-postgres sends is decoded', () => {
  test.each(examples)('$message.type', ({ bytes: whole, message, passwordKind }) => {
    const reader = new FrameReader();
    reader.mode = 'regular';
    reader.push(whole);
    const frame = reader.next();
    expect(frame && decodeFrontendMessage(frame, passwordKind)).toEqual(message);
    expect(reader.bufferedBytes).toBe(0);
  });

  test.each([
    [
      'StartupMessage',
      serialize.startup({ user: 'jo', database: 'sales' }),
      {
        type: 'StartupMessage',
        major: 3,
        minor: 0,
        parameters: new Map([
          ['user', 'jo'],
          ['database', 'sales'],
          ['client_encoding', 'UTF8'],
        ]),
      },
    ],
    ['SSLRequest', serialize.requestSsl(), { type: 'SSLRequest' }],
    ['CancelRequest', serialize.cancel(4711, 77), { type: 'CancelRequest', processId: 4711, secretKey: int32(77) }],
  ])('%s', (_, whole, packet) => {
    const reader = new FrameReader();
    reader.push(whole);
    const frame = reader.next();
    expect(frame && decodeStartupPacket(frame.body)).toEqual(packet);
  });

  test('the only message that it cannot send is FunctionCall', () => {
    const types = new Set(frontendExamples.map((example) => example.message.type));
    for (const example of examples) types.delete(example.message.type);
    expect([...types]).toEqual(['FunctionCall']);
  });
});
