import { traceBackend } from '@riffq/wire';
import { describe, expect, test } from 'vitest';
import { backendExamples } from '../backend/backend-messages.js';
import { byte, bytes, cstring, int16, int32, message } from '../test-bytes.js';

test('every message of the backend is shown whole', () => {
  const examples = backendExamples.filter((example) => !example.name.includes('long'));
  expect(traceBackend(bytes(...examples.map((example) => example.bytes)))).toMatchInlineSnapshot(`
    "B	8	AuthenticationOk
    B	8	AuthenticationKerberosV5
    B	8	AuthenticationCleartextPassword
    B	12	AuthenticationMD5Password	 '\\x01\\x02\\x03\\x04'
    B	8	AuthenticationGSS
    B	13	AuthenticationGSSContinue	 'token'
    B	8	AuthenticationSSPI
    B	42	AuthenticationSASL	 "SCRAM-SHA-256-PLUS" "SCRAM-SHA-256" ""
    B	26	AuthenticationSASLContinue	 'r=abc,s=def,i=4096'
    B	13	AuthenticationSASLFinal	 'v=abc'
    B	12	BackendKeyData	 4711 77
    B	40	BackendKeyData	 -1 1802201963 'kkkkkkkkkkkkkkkkkkkkkkkkkkkk'
    B	4	BindComplete
    B	4	CloseComplete
    B	4	CopyDone
    B	4	EmptyQueryResponse
    B	4	NoData
    B	4	ParseComplete
    B	4	PortalSuspended
    B	15	CommandComplete	 "INSERT 0 1"
    B	11	CopyInResponse	 \\x00 2 0 0
    B	9	CopyOutResponse	 \\x01 1 1
    B	7	CopyBothResponse	 \\x00 0
    B	11	CopyData	 '1\\x09one\\x0a\\x00'
    B	32	DataRow	 4 7 'Z\\xc3\\xbcrich' -1 0 '' 3 'raw'
    B	6	DataRow	 0
    B	158	ErrorResponse	 S "FATAL" V "FATAL" C "23505" M "duplicate key value violates unique constraint "k"" D "Key (id)=(1) already exists." H "Use another." P "15" W "line 1" s "public" t "t" c "id" d "int4" n "k" \\x00
    B	36	ErrorResponse	 S "ERROR" V "ERROR" C "XX000" M "it broke" \\x00
    B	47	NoticeResponse	 S "NOTICE" V "NOTICE" C "00000" M "by the way" D "More." \\x00
    B	39	NoticeResponse	 S "WARNING" V "WARNING" C "01000" M "careful" \\x00
    B	12	FunctionCallResponse	 4 '\\x00\\x00\\x00\\x05'
    B	8	FunctionCallResponse	 -1
    B	21	NegotiateProtocolVersion	 196610 1 "_pq_.foo"
    B	22	NotificationResponse	 4711 "news" "it rains"
    B	14	ParameterDescription	 2 23 -1
    B	27	ParameterStatus	 "TimeZone" "Europe/Zurich"
    B	5	ReadyForQuery	 E
    B	78	RowDescription	 3 "id" 0 0 23 4 -1 0 "größe" 0 0 1043 65535 -1 0 "amount" 16384 3 -294967296 12 524294 1
    "
  `);
});

describe('bytes that are no message are told', () => {
  test.each([
    ['an unknown type', message('?'), 'B\t4\tUnknown message: 3f\n'],
    ['an unknown authentication', message('R', int32(99)), 'B\t8\tUnknown authentication message 99\n'],
    [
      'fields shorter than the message',
      message('Z', 'I', 'x'),
      'B\t6\tReadyForQuery\t I\nmismatched message length: consumed 5, expected 6\n',
    ],
    [
      'fields longer than the message',
      message('D', int16(1), int32(5), 'abc'),
      'B\t13\tDataRow\t 1 5 (insufficient data left in message)\n',
    ],
    [
      'a text that is not UTF-8',
      message('C', byte(0xff), byte(0)),
      'B\t6\tCommandComplete (invalid byte sequence for encoding "UTF8": 0xff)\n',
    ],
    ['a message cut off', message('C', cstring('SELECT 1')).subarray(0, 9), 'B\tIncomplete message: 9 of 14 bytes\n'],
    ['a header cut off', bytes('Z'), 'B\tIncomplete message: 1 bytes\n'],
    ['a length that cannot be', bytes('Z', int32(3), 'I'), 'B\tInvalid message length: 3\n'],
  ])('%s', (_, whole, text) => {
    expect(traceBackend(whole)).toBe(text);
  });
});
