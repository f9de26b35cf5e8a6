import type { BackendMessage } from '@riffq/wire';
import { byte, bytes, cstring, int16, int32, message, sized } from '../test-bytes.js';

/** One example of what a server sends: the message, and the bytes it is encoded to. */
export interface BackendExample {
  readonly name: string;
  readonly message: BackendMessage;
  readonly bytes: Uint8Array;
}

function bodyless(
  type:
    | 'BindComplete'
    | 'CloseComplete'
    | 'CopyDone'
    | 'EmptyQueryResponse'
    | 'NoData'
    | 'ParseComplete'
    | 'PortalSuspended',
  letter: string,
): BackendExample {
  return { name: type, message: { type }, bytes: message(letter) };
}

export const backendExamples: readonly BackendExample[] = [
  { name: 'AuthenticationOk', message: { type: 'AuthenticationOk' }, bytes: message('R', int32(0)) },
  { name: 'AuthenticationKerberosV5', message: { type: 'AuthenticationKerberosV5' }, bytes: message('R', int32(2)) },
  {
    name: 'AuthenticationCleartextPassword',
    message: { type: 'AuthenticationCleartextPassword' },
    bytes: message('R', int32(3)),
  },
  {
    name: 'AuthenticationMD5Password',
    message: { type: 'AuthenticationMD5Password', salt: int32(0x01020304) },
    bytes: message('R', int32(5), int32(0x01020304)),
  },
  { name: 'AuthenticationGSS', message: { type: 'AuthenticationGSS' }, bytes: message('R', int32(7)) },
  {
    name: 'AuthenticationGSSContinue',
    message: { type: 'AuthenticationGSSContinue', data: bytes('token') },
    bytes: message('R', int32(8), 'token'),
  },
  { name: 'AuthenticationSSPI', message: { type: 'AuthenticationSSPI' }, bytes: message('R', int32(9)) },
  {
    name: 'AuthenticationSASL',
    message: { type: 'AuthenticationSASL', mechanisms: ['SCRAM-SHA-256-PLUS', 'SCRAM-SHA-256'] },
    bytes: message('R', int32(10), cstring('SCRAM-SHA-256-PLUS'), cstring('SCRAM-SHA-256'), byte(0)),
  },
  {
    name: 'AuthenticationSASLContinue',
    message: { type: 'AuthenticationSASLContinue', data: bytes('r=abc,s=def,i=4096') },
    bytes: message('R', int32(11), 'r=abc,s=def,i=4096'),
  },
  {
    name: 'AuthenticationSASLFinal',
    message: { type: 'AuthenticationSASLFinal', data: bytes('v=abc') },
    bytes: message('R', int32(12), 'v=abc'),
  },
  {
    name: 'BackendKeyData of 3.0',
    message: { type: 'BackendKeyData', processId: 4711, secretKey: int32(77) },
    bytes: message('K', int32(4711), int32(77)),
  },
  {
    name: 'BackendKeyData of 3.2',
    message: { type: 'BackendKeyData', processId: 4_294_967_295, secretKey: bytes('k'.repeat(32)) },
    bytes: message('K', int32(-1), 'k'.repeat(32)),
  },
  bodyless('BindComplete', '2'),
  bodyless('CloseComplete', '3'),
  bodyless('CopyDone', 'c'),
  bodyless('EmptyQueryResponse', 'I'),
  bodyless('NoData', 'n'),
  bodyless('ParseComplete', '1'),
  bodyless('PortalSuspended', 's'),
  {
    name: 'CommandComplete',
    message: { type: 'CommandComplete', tag: 'INSERT 0 1' },
    bytes: message('C', cstring('INSERT 0 1')),
  },
  {
    name: 'CopyInResponse',
    message: { type: 'CopyInResponse', format: 'text', columnFormats: ['text', 'text'] },
    bytes: message('G', byte(0), int16(2), int16(0), int16(0)),
  },
  {
    name: 'CopyOutResponse',
    message: { type: 'CopyOutResponse', format: 'binary', columnFormats: ['binary'] },
    bytes: message('H', byte(1), int16(1), int16(1)),
  },
  {
    name: 'CopyBothResponse',
    message: { type: 'CopyBothResponse', format: 'text', columnFormats: [] },
    bytes: message('W', byte(0), int16(0)),
  },
  {
    name: 'CopyData',
    message: { type: 'CopyData', data: bytes('1\tone\n', byte(0)) },
    bytes: message('d', '1\tone\n', byte(0)),
  },
  {
    name: 'DataRow',
    message: { type: 'DataRow', values: ['Zürich', null, '', bytes('raw')] },
    bytes: message('D', int16(4), sized('Zürich'), int32(-1), sized(''), sized('raw')),
  },
  { name: 'DataRow without columns', message: { type: 'DataRow', values: [] }, bytes: message('D', int16(0)) },
  {
    name: 'DataRow with a long value',
    message: { type: 'DataRow', values: ['é'.repeat(10_000)] },
    bytes: message('D', int16(1), sized('é'.repeat(10_000))),
  },
  {
    name: 'ErrorResponse with every field',
    message: {
      type: 'ErrorResponse',
      fields: {
        severity: 'FATAL',
        sqlstate: '23505',
        message: 'duplicate key value violates unique constraint "k"',
        detail: 'Key (id)=(1) already exists.',
        hint: 'Use another.',
        position: 15,
        where: 'line 1',
        schema: 'public',
        table: 't',
        column: 'id',
        dataType: 'int4',
        constraint: 'k',
        cause: new Error('never sent'),
      },
    },
    bytes: message(
      'E',
      bytes(cstring('SFATAL'), cstring('VFATAL'), cstring('C23505')),
      cstring('Mduplicate key value violates unique constraint "k"'),
      bytes(cstring('DKey (id)=(1) already exists.'), cstring('HUse another.'), cstring('P15'), cstring('Wline 1')),
      bytes(cstring('spublic'), cstring('tt'), cstring('cid'), cstring('dint4'), cstring('nk'), byte(0)),
    ),
  },
  {
    name: 'ErrorResponse with nothing but a message',
    message: { type: 'ErrorResponse', fields: { message: 'it broke' } },
    bytes: message('E', cstring('SERROR'), cstring('VERROR'), cstring('CXX000'), cstring('Mit broke'), byte(0)),
  },
  {
    name: 'NoticeResponse',
    message: { type: 'NoticeResponse', fields: { message: 'by the way', detail: 'More.' } },
    bytes: message(
      'N',
      bytes(cstring('SNOTICE'), cstring('VNOTICE'), cstring('C00000'), cstring('Mby the way'), cstring('DMore.')),
      byte(0),
    ),
  },
  {
    name: 'NoticeResponse that warns',
    message: { type: 'NoticeResponse', fields: { severity: 'WARNING', message: 'careful' } },
    bytes: message('N', cstring('SWARNING'), cstring('VWARNING'), cstring('C01000'), cstring('Mcareful'), byte(0)),
  },
  {
    name: 'FunctionCallResponse',
    message: { type: 'FunctionCallResponse', value: int32(5) },
    bytes: message('V', sized(int32(5))),
  },
  {
    name: 'FunctionCallResponse of NULL',
    message: { type: 'FunctionCallResponse', value: null },
    bytes: message('V', int32(-1)),
  },
  {
    // PostgreSQL 18, asked for 3.99 with the option _pq_.foo, sends exactly these bytes.
    name: 'NegotiateProtocolVersion',
    message: { type: 'NegotiateProtocolVersion', minor: 2, options: ['_pq_.foo'] },
    bytes: message('v', int32(0x0003_0002), int32(1), cstring('_pq_.foo')),
  },
  {
    name: 'NotificationResponse',
    message: { type: 'NotificationResponse', processId: 4711, channel: 'news', payload: 'it rains' },
    bytes: message('A', int32(4711), cstring('news'), cstring('it rains')),
  },
  {
    name: 'ParameterDescription',
    message: { type: 'ParameterDescription', typeOids: [23, 4_294_967_295] },
    bytes: message('t', int16(2), int32(23), int32(-1)),
  },
  {
    name: 'ParameterStatus',
    message: { type: 'ParameterStatus', name: 'TimeZone', value: 'Europe/Zurich' },
    bytes: message('S', cstring('TimeZone'), cstring('Europe/Zurich')),
  },
  { name: 'ReadyForQuery', message: { type: 'ReadyForQuery', status: 'E' }, bytes: message('Z', 'E') },
  {
    name: 'RowDescription',
    message: {
      type: 'RowDescription',
      fields: [
        { name: 'id', typeOid: 23 },
        { name: 'größe', typeOid: 1043 },
        {
          name: 'amount',
          typeOid: 4_000_000_000,
          typeSize: 12,
          typeModifier: 524_294,
          tableOid: 16_384,
          columnNumber: 3,
          format: 'binary',
        },
      ],
    },
    bytes: message(
      'T',
      int16(3),
      bytes(cstring('id'), int32(0), int16(0), int32(23), int16(4), int32(-1), int16(0)),
      bytes(cstring('größe'), int32(0), int16(0), int32(1043), int16(-1), int32(-1), int16(0)),
      bytes(cstring('amount'), int32(16_384), int16(3), int32(-294_967_296), int16(12), int32(524_294), int16(1)),
    ),
  },
];
