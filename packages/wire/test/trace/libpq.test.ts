import { readFileSync } from 'node:fs';
import { traceBackend, traceFrontend } from '@riffq/wire';
import { describe, expect, test } from 'vitest';

/**
 * Sessions of libpq 18 with PostgreSQL 18: what went over the wire (hexadecimal) and what PQtrace wrote.
 */
const conversations: readonly Conversation[] = JSON.parse(
  readFileSync(new URL('./libpq-18.json', import.meta.url), 'utf8'),
);

interface Conversation {
  readonly name: string;
  readonly frontend: string;
  readonly backend: string;
  readonly trace: readonly string[];
}

/** The lines of one side. Where libpq stopped short of a message's end and said so, the line has a rest. */
function libpqLines(conversation: Conversation, side: 'F' | 'B'): string[] {
  return conversation.trace
    .filter((line) => line.startsWith(side) && !line.includes('SSLResponse'))
    .map((line) => (stopsShort(conversation.trace, line) ? `${line}…` : line));
}

function stopsShort(trace: readonly string[], line: string): boolean {
  return trace[trace.indexOf(line) + 1]?.startsWith('mismatched') ?? false;
}

/** Our lines, with the same rest left out. */
function ourLines(text: string, expected: readonly string[]): string[] {
  const shortened = expected.filter((line) => line.endsWith('…')).map((line) => line.slice(0, -1));
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.includes('AuthenticationOk'))
    .map((line) => {
      const start = shortened.find((candidate) => line.startsWith(candidate));
      return start === undefined ? line : `${start}…`;
    });
}

describe.each(conversations)('a session of libpq with PostgreSQL ($name)', (conversation) => {
  test('what the client sent is traced as libpq does', () => {
    const passwordKind = conversation.name.startsWith('scram') ? 'SASLInitialResponse' : 'PasswordMessage';
    const text = traceFrontend(Buffer.from(conversation.frontend, 'hex'), { startup: true, passwordKind });
    expect(text.split('\n').slice(0, -1)).toEqual(libpqLines(conversation, 'F'));
  });

  test('what the server sent is traced as libpq does', () => {
    const sent = Buffer.from(conversation.backend, 'hex');
    // The answer to SSLRequest is a byte and no message.
    const messages = conversation.trace[1]?.includes('SSLResponse') ? sent.subarray(1) : sent;
    const expected = libpqLines(conversation, 'B');
    expect(ourLines(traceBackend(messages), expected)).toEqual(expected);
  });
});
