import type { FrontendMessage, PasswordKind, StartupPacket } from '@riffq/wire';
import { byte, bytes, cstring, int16, int32, message, packet, sized } from '../test-bytes.js';

/** One example of what a client sends: the bytes, and what they are decoded to. */
export interface FrontendExample {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly message: FrontendMessage;
  readonly passwordKind?: PasswordKind;
  /** Whether a body of any length is a message, so that cutting it is no error. */
  readonly anyBody?: true;
}

export const frontendExamples: readonly FrontendExample[] = [
  { name: 'Query', bytes: message('Q', cstring('SELECT 1')), message: { type: 'Query', sql: 'SELECT 1' } },
  { name: 'Query without text', bytes: message('Q', cstring('')), message: { type: 'Query', sql: '' } },
  {
    name: 'Query beyond ASCII',
    bytes: message('Q', cstring("SELECT 'Zürich, 東京, 🚀'")),
    message: { type: 'Query', sql: "SELECT 'Zürich, 東京, 🚀'" },
  },
  {
    name: 'Query of many characters',
    bytes: message('Q', cstring(`SELECT '${'x'.repeat(300)}'`)),
    message: { type: 'Query', sql: `SELECT '${'x'.repeat(300)}'` },
  },
  {
    name: 'Parse',
    bytes: message('P', cstring('s1'), cstring('SELECT $1, $2'), int16(2), int32(23), int32(-1)),
    message: { type: 'Parse', statement: 's1', sql: 'SELECT $1, $2', parameterTypes: [23, 4_294_967_295] },
  },
  {
    name: 'Parse of the unnamed statement',
    bytes: message('P', cstring(''), cstring('SELECT 1'), int16(0)),
    message: { type: 'Parse', statement: '', sql: 'SELECT 1', parameterTypes: [] },
  },
  {
    name: 'Bind',
    bytes: message(
      'B',
      bytes(cstring('p1'), cstring('s1')),
      bytes(int16(3), int16(1), int16(0), int16(0)),
      bytes(int16(3), sized(int32(42)), sized('text'), int32(-1)),
      bytes(int16(2), int16(0), int16(1)),
    ),
    message: {
      type: 'Bind',
      portal: 'p1',
      statement: 's1',
      parameterFormats: ['binary', 'text', 'text'],
      parameters: [int32(42), bytes('text'), null],
      resultFormats: ['text', 'binary'],
    },
  },
  {
    name: 'Bind without parameters',
    bytes: message('B', cstring(''), cstring(''), int16(0), int16(0), int16(0)),
    message: { type: 'Bind', portal: '', statement: '', parameterFormats: [], parameters: [], resultFormats: [] },
  },
  {
    name: 'Bind with one format for all parameters',
    bytes: message('B', cstring(''), cstring(''), int16(1), int16(1), int16(2), sized(''), sized('b'), int16(0)),
    message: {
      type: 'Bind',
      portal: '',
      statement: '',
      parameterFormats: ['binary'],
      parameters: [bytes(), bytes('b')],
      resultFormats: [],
    },
  },
  {
    name: 'Describe of a statement',
    bytes: message('D', 'S', cstring('s1')),
    message: { type: 'Describe', kind: 'statement', name: 's1' },
  },
  {
    name: 'Describe of a portal',
    bytes: message('D', 'P', cstring('')),
    message: { type: 'Describe', kind: 'portal', name: '' },
  },
  {
    name: 'Execute',
    bytes: message('E', cstring('p1'), int32(100)),
    message: { type: 'Execute', portal: 'p1', maxRows: 100 },
  },
  {
    name: 'Execute of all rows',
    bytes: message('E', cstring(''), int32(0)),
    message: { type: 'Execute', portal: '', maxRows: 0 },
  },
  {
    name: 'Close of a statement',
    bytes: message('C', 'S', cstring('s1')),
    message: { type: 'Close', kind: 'statement', name: 's1' },
  },
  {
    name: 'Close of a portal',
    bytes: message('C', 'P', cstring('p1')),
    message: { type: 'Close', kind: 'portal', name: 'p1' },
  },
  { name: 'Flush', bytes: message('H'), message: { type: 'Flush' } },
  { name: 'Sync', bytes: message('S'), message: { type: 'Sync' } },
  { name: 'Terminate', bytes: message('X'), message: { type: 'Terminate' }, anyBody: true },
  {
    name: 'CopyData',
    bytes: message('d', '1\tone\n', byte(0), byte(255)),
    message: { type: 'CopyData', data: bytes('1\tone\n', byte(0), byte(255)) },
    anyBody: true,
  },
  { name: 'CopyDone', bytes: message('c'), message: { type: 'CopyDone' } },
  {
    name: 'CopyFail',
    bytes: message('f', cstring('no more')),
    message: { type: 'CopyFail', message: 'no more' },
  },
  {
    name: 'FunctionCall',
    bytes: message(
      'F',
      bytes(int32(1397), int16(2), int16(1), int16(0)),
      bytes(int16(2), sized(int32(-5)), int32(-1), int16(1)),
    ),
    message: {
      type: 'FunctionCall',
      functionOid: 1397,
      argumentFormats: ['binary', 'text'],
      arguments: [int32(-5), null],
      resultFormat: 'binary',
    },
  },
  {
    name: 'PasswordMessage',
    bytes: message('p', cstring('correct horse')),
    message: { type: 'PasswordMessage', password: 'correct horse' },
    passwordKind: 'PasswordMessage',
  },
  {
    name: 'SASLInitialResponse',
    bytes: message('p', cstring('SCRAM-SHA-256'), sized('n,,n=,r=abc')),
    message: { type: 'SASLInitialResponse', mechanism: 'SCRAM-SHA-256', data: bytes('n,,n=,r=abc') },
    passwordKind: 'SASLInitialResponse',
  },
  {
    name: 'SASLInitialResponse without data',
    bytes: message('p', cstring('EXTERNAL'), int32(-1)),
    message: { type: 'SASLInitialResponse', mechanism: 'EXTERNAL', data: null },
    passwordKind: 'SASLInitialResponse',
  },
  {
    name: 'SASLResponse',
    bytes: message('p', 'c=biws,r=abc'),
    message: { type: 'SASLResponse', data: bytes('c=biws,r=abc') },
    passwordKind: 'SASLResponse',
    anyBody: true,
  },
];

/** One example of each packet that opens a connection. */
export const startupExamples: readonly {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly packet: StartupPacket;
}[] = [
  {
    name: 'StartupMessage of 3.0',
    bytes: packet(int16(3), int16(0), cstring('user'), cstring('jo'), cstring('database'), cstring('sales'), byte(0)),
    packet: {
      type: 'StartupMessage',
      major: 3,
      minor: 0,
      parameters: new Map([
        ['user', 'jo'],
        ['database', 'sales'],
      ]),
    },
  },
  {
    name: 'StartupMessage of 3.2',
    bytes: packet(int16(3), int16(2), cstring('user'), cstring('Zoë'), cstring('options'), cstring(''), byte(0)),
    packet: {
      type: 'StartupMessage',
      major: 3,
      minor: 2,
      parameters: new Map([
        ['user', 'Zoë'],
        ['options', ''],
      ]),
    },
  },
  {
    name: 'StartupMessage without parameters',
    bytes: packet(int16(3), int16(0), byte(0)),
    packet: { type: 'StartupMessage', major: 3, minor: 0, parameters: new Map() },
  },
  { name: 'SSLRequest', bytes: packet(int16(1234), int16(5679)), packet: { type: 'SSLRequest' } },
  { name: 'GSSENCRequest', bytes: packet(int16(1234), int16(5680)), packet: { type: 'GSSENCRequest' } },
  {
    name: 'CancelRequest of 3.0',
    bytes: packet(int16(1234), int16(5678), int32(-2), int32(77)),
    packet: { type: 'CancelRequest', processId: 4_294_967_294, secretKey: int32(77) },
  },
  {
    name: 'CancelRequest with the longest key',
    bytes: packet(int16(1234), int16(5678), int32(4711), 'k'.repeat(256)),
    packet: { type: 'CancelRequest', processId: 4711, secretKey: bytes('k'.repeat(256)) },
  },
];
