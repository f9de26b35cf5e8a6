import { traceFrontend } from '@riffq/wire';
import { expect, test } from 'vitest';
import { frontendExamples, startupExamples } from '../frontend/frontend-messages.js';
import { bytes, cstring, int16, int32, message, packet, sized } from '../test-bytes.js';

test('every message of the frontend is shown whole', () => {
  const examples = frontendExamples.filter(
    ({ message: { type }, name }) => !type.startsWith('SASL') && !name.includes('many'),
  );
  const whole = bytes(...examples.map((example) => example.bytes));
  expect(traceFrontend(whole)).toMatchInlineSnapshot(`
    "F	13	Query	 "SELECT 1"
    F	5	Query	 ""
    F	35	Query	 "SELECT 'Zürich, 東京, 🚀'"
    F	31	Parse	 "s1" "SELECT $1, $2" 2 23 -1
    F	16	Parse	 "" "SELECT 1" 0
    F	46	Bind	 "p1" "s1" 3 1 0 0 3 4 '\\x00\\x00\\x00*' 4 'text' -1 2 0 1
    F	12	Bind	 "" "" 0 0 0
    F	23	Bind	 "" "" 1 1 2 0 '' 1 'b' 0
    F	8	Describe	 S "s1"
    F	6	Describe	 P ""
    F	11	Execute	 "p1" 100
    F	9	Execute	 "" 0
    F	8	Close	 S "s1"
    F	8	Close	 P "p1"
    F	4	Flush
    F	4	Sync
    F	4	Terminate
    F	12	CopyData	 '1\\x09one\\x0a\\x00\\xff'
    F	4	CopyDone
    F	12	CopyFail	 "no more"
    F	30	FunctionCall	 1397 2 1 0 2 4 '\\xff\\xff\\xff\\xfb' -1 1
    F	18	PasswordMessage	 "correct horse"
    "
  `);
});

test('after a SASLInitialResponse come SASLResponses', () => {
  const whole = bytes(
    message('p', cstring('SCRAM-SHA-256'), sized('n,,n=,r=abc')),
    message('p', 'c=biws'),
    message('p', ''),
  );
  expect(traceFrontend(whole, { passwordKind: 'SASLInitialResponse' })).toMatchInlineSnapshot(`
    "F	33	SASLInitialResponse	 "SCRAM-SHA-256" 11 'n,,n=,r=abc'
    F	10	SASLResponse	 'c=biws'
    F	4	SASLResponse	 ''
    "
  `);
});

test('start-up packets are read until the StartupMessage', () => {
  const names = ['SSLRequest', 'GSSENCRequest', 'CancelRequest of 3.0', 'StartupMessage of 3.0'];
  const packets = names.map((name) => startupExamples.find((example) => example.name === name)!.bytes);
  const whole = bytes(...packets, message('Q', cstring('SELECT 1')));
  expect(traceFrontend(whole, { startup: true })).toMatchInlineSnapshot(`
    "F	8	SSLRequest	 1234 5679
    F	8	GSSENCRequest	 1234 5680
    F	16	CancelRequest	 1234 5678 -2 77
    F	32	StartupMessage	 3 0 "user" "jo" "database" "sales"
    F	13	Query	 "SELECT 1"
    "
  `);
});

test('of a longer cancel key, what follows the first 4 bytes is shown as bytes', () => {
  const whole = packet(int16(1234), int16(5678), int32(4711), int32(77), 'rest');
  expect(traceFrontend(whole, { startup: true })).toBe("F\t20\tCancelRequest\t 1234 5678 4711 77 'rest'\n");
});

test('bytes that are no message are told', () => {
  expect(traceFrontend(bytes(message('?'), 'Q', int32(9), 'x'))).toBe(
    'F\t4\tUnknown message: 3f\nF\tIncomplete message: 6 of 10 bytes\n',
  );
  expect(traceFrontend(packet(int16(3)), { startup: true })).toBe(
    'F\t6\tStartupMessage\t 3 (insufficient data left in message)\n',
  );
});
