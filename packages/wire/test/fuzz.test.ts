import {
  decodeFrontendMessage,
  decodeStartupPacket,
  FrameReader,
  isPgError,
  type PasswordKind,
  traceBackend,
  traceFrontend,
} from '@riffq/wire';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { backendExamples } from './backend/backend-messages.js';
import { frontendExamples, startupExamples } from './frontend/frontend-messages.js';
import { bytes } from './test-bytes.js';

const messageLimit = 5000;
const limits = {
  StartupPacket: messageLimit,
  Bind: messageLimit,
  CopyData: messageLimit,
  FunctionCall: messageLimit,
  Parse: messageLimit,
  Query: messageLimit,
};

/**
 * Reads a connection as a session does: start-up packets up to a StartupMessage, then messages, until an error is FATAL.
 * Any error other than a PgError comes out of it.
 */
function read(chunks: readonly Uint8Array[], passwordKind: PasswordKind | undefined): unknown[] {
  const reader = new FrameReader({ limits });
  const seen: unknown[] = [];
  for (const chunk of chunks) {
    reader.push(chunk);
    for (;;) {
      try {
        const frame = reader.next();
        if (frame === undefined) break;
        if (frame.body.length > 65_535) throw new Error('a body beyond the limit');
        if (reader.mode === 'startup') {
          const packet = decodeStartupPacket(frame.body);
          if (packet.type === 'StartupMessage') reader.mode = 'regular';
          seen.push(packet);
        } else {
          seen.push(decodeFrontendMessage(frame, passwordKind));
        }
      } catch (error) {
        if (!isPgError(error)) throw error;
        seen.push(error.fields);
        if (error.severity === 'FATAL') return seen;
      }
    }
  }
  return seen;
}

/** The bytes cut into chunks whose lengths repeat those given. */
function cut(whole: Uint8Array, lengths: readonly number[]): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  let index = 0;
  for (let start = 0; start < whole.length; ) {
    const end = start + lengths[index++ % lengths.length]!;
    chunks.push(whole.slice(start, end));
    start = end;
  }
  return chunks;
}

const wholeMessage = fc.constantFrom(...frontendExamples.map((example) => example.bytes));
const damagedMessage = fc
  .tuple(wholeMessage, fc.nat(), fc.constantFrom(0x00, 0x01, 0x7f, 0x80, 0xff), fc.nat(3))
  .map(([whole, position, value, run]) => {
    const damaged = whole.slice();
    const start = position % damaged.length;
    return damaged.fill(value, start, start + run + 1);
  });
const startup = fc.constantFrom(...startupExamples.map((example) => example.bytes));
const startupMessage = startupExamples[0]!.bytes;

/** Connections that go on for a while: mostly good messages, some damaged ones, some rubbish. */
const connection = fc
  .tuple(
    fc.array(startup, { maxLength: 3 }),
    fc.array(
      fc.oneof(
        { weight: 6, arbitrary: wholeMessage },
        { weight: 2, arbitrary: damagedMessage },
        { weight: 1, arbitrary: fc.uint8Array({ maxLength: 20 }) },
      ),
      { maxLength: 30 },
    ),
  )
  .map(([packets, messages]) => bytes(...packets, startupMessage, ...messages));
const chunkLengths = fc.array(fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 3000 })), {
  minLength: 1,
  maxLength: 20,
});
const passwordKind = fc.constantFrom(undefined, 'PasswordMessage', 'SASLInitialResponse', 'SASLResponse');

describe('whatever a client sends', () => {
  test('any bytes in any chunks end in messages or a PgError', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), chunkLengths, passwordKind, (whole, lengths, kind) => {
        read(cut(whole, lengths), kind);
        read(cut(bytes(startupMessage, whole), lengths), kind);
      }),
      { numRuns: 500 },
    );
  });

  test('good and damaged messages end in messages or a PgError, the same in any chunks', () => {
    fc.assert(
      fc.property(connection, chunkLengths, passwordKind, (whole, lengths, kind) => {
        expect(read(cut(whole, lengths), kind)).toEqual(read([whole], kind));
      }),
      { numRuns: 500 },
    );
  });

  test('a damaged body never stops the messages after it', () => {
    fc.assert(
      fc.property(wholeMessage, fc.nat(), fc.nat(255), (whole, position, value) => {
        const damaged = whole.slice();
        if (damaged.length > 5) damaged[5 + (position % (damaged.length - 5))] = value;
        const seen = read([bytes(startupMessage, damaged, frontendExamples[0]!.bytes)], undefined);
        const isFatal = damaged[0] === 0x70;
        expect(seen).toHaveLength(isFatal ? 2 : 3);
        if (!isFatal) expect(seen[2]).toEqual(frontendExamples[0]!.message);
      }),
      { numRuns: 500 },
    );
  });
});

test('a trace of any bytes is text', () => {
  const backendMessage = fc.constantFrom(...backendExamples.map((example) => example.bytes));
  const parts = fc.array(fc.oneof(wholeMessage, damagedMessage, backendMessage, fc.uint8Array({ maxLength: 20 })));
  fc.assert(
    fc.property(parts, fc.boolean(), (messages, isStartup) => {
      expect(traceFrontend(bytes(...messages), { startup: isStartup })).toMatch(/^$|\n$/);
      expect(traceBackend(bytes(...messages))).toMatch(/^$|\n$/);
    }),
  );
});
