import { describe, expect, test } from 'vitest';
import { tag } from '../../src/index.js';
import { answering, Conversation } from '../conversation.js';
import { query } from '../frames.js';

const severities = ['DEBUG', 'LOG', 'INFO', 'NOTICE', 'WARNING'] as const;

describe('of a handler’s notices', () => {
  test.each([
    [undefined, ['INFO', 'NOTICE', 'WARNING']],
    ['debug5', ['DEBUG', 'LOG', 'INFO', 'NOTICE', 'WARNING']],
    ['log', ['LOG', 'INFO', 'NOTICE', 'WARNING']],
    ['warning', ['INFO', 'WARNING']],
    ['error', ['INFO']],
  ])('a client with client_min_messages %s gets %j', async (level, expected) => {
    await using client = new Conversation(
      answering((_, { session }) => {
        for (const severity of severities) session.notice({ severity, message: 'look' });
        return tag('OK');
      }),
    );
    await client.start(level === undefined ? {} : { client_min_messages: level });
    const trace = await client.ask(query('select'));
    expect([...trace.matchAll(/NoticeResponse\t S "(\w+)"/g)].map(([, severity]) => severity)).toEqual(expected);
    expect(trace.indexOf('NoticeResponse')).toBeLessThan(trace.indexOf('CommandComplete'));
  });
});
