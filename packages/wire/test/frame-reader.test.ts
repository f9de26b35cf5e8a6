import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { type Frame, FrameReader, type FrameReaderMode, type MessageLimits } from '@riffq/wire';
import { describe, expect, test } from 'vitest';
import { byte, bytes, cstring, int16, int32, message, packet } from './test-bytes.js';
import { thrown } from './thrown.js';

function readerOf(mode: FrameReaderMode, limits?: Partial<MessageLimits>): FrameReader {
  const reader = new FrameReader(limits ? { limits } : {});
  reader.mode = mode;
  return reader;
}

function drain(reader: FrameReader): Frame[] {
  const frames: Frame[] = [];
  for (let frame = reader.next(); frame !== undefined; frame = reader.next())
    frames.push({ type: frame.type, body: frame.body });
  return frames;
}

const query = message('Q', cstring('SELECT 1'));
const frameOfQuery: Frame = { type: 0x51, body: cstring('SELECT 1') };

describe('messages', () => {
  test('several in one chunk come out one by one', () => {
    const reader = readerOf('regular');
    reader.push(bytes(query, message('S'), query));
    expect(drain(reader)).toEqual([frameOfQuery, { type: 0x53, body: bytes() }, frameOfQuery]);
    expect(reader.bufferedBytes).toBe(0);
  });

  test('one that comes byte by byte comes out when its last byte is there', () => {
    const reader = readerOf('regular');
    for (const [index, value] of query.entries()) {
      expect(reader.next()).toBeUndefined();
      expect(reader.bufferedBytes).toBe(index);
      reader.push(byte(value));
    }
    expect(drain(reader)).toEqual([frameOfQuery]);
  });

  test('one that comes whole is not copied', () => {
    const reader = readerOf('regular');
    const chunk = bytes(message('S'), query);
    reader.push(chunk);
    expect(drain(reader)[1]?.body.buffer).toBe(chunk.buffer);
  });

  test('a body is a plain Uint8Array even if a Buffer was pushed', () => {
    const reader = readerOf('regular');
    reader.push(Buffer.from(query));
    expect(reader.next()?.body.constructor).toBe(Uint8Array);
  });

  test('bodies stay as they are while later chunks come', () => {
    const reader = readerOf('regular');
    const frames: Frame[] = [];
    const stream = bytes(query, query, query);
    for (let start = 0; start < stream.length; start += 3) {
      reader.push(stream.slice(start, start + 3));
      frames.push(...drain(reader));
    }
    expect(frames).toEqual([frameOfQuery, frameOfQuery, frameOfQuery]);
  });

  test('empty chunks are nothing', () => {
    const reader = readerOf('regular');
    reader.push(bytes());
    expect(reader.next()).toBeUndefined();
    reader.push(query);
    reader.push(bytes());
    expect(drain(reader)).toEqual([frameOfQuery]);
  });
});

describe('start-up', () => {
  test('packets have no type; the messages after them have one', () => {
    const reader = new FrameReader();
    const startup = bytes(int16(3), int16(0), byte(0));
    reader.push(bytes(packet(int32(80877103)), packet(startup), message('p', cstring('secret')), query));
    expect(reader.next()).toMatchObject({ type: 0, body: int32(80877103) });
    expect(reader.next()).toMatchObject({ type: 0, body: startup });
    reader.mode = 'authentication';
    expect(reader.next()).toMatchObject({ type: 0x70, body: cstring('secret') });
    reader.mode = 'regular';
    expect(drain(reader)).toEqual([frameOfQuery]);
  });

  test('what came after an SSLRequest can be looked at, and is forgotten', () => {
    const reader = new FrameReader();
    reader.push(packet(int32(80877103)));
    expect(reader.next()?.body).toEqual(int32(80877103));
    expect(reader.takeRest()).toEqual(bytes());
    reader.push(bytes('stuff'));
    reader.push(bytes('ing'));
    expect(reader.takeRest()).toEqual(bytes('stuffing'));
    expect(reader.bufferedBytes).toBe(0);
    expect(reader.next()).toBeUndefined();
  });

  test.each([-1, 0, 7, 10_005, 0x47455420])('a packet of length %i is refused', (length) => {
    const reader = new FrameReader();
    reader.push(int32(length));
    expect(thrown(() => reader.next())).toMatchObject({
      severity: 'FATAL',
      sqlstate: '08P01',
      message: 'invalid length of startup packet',
    });
  });

  test('a packet of 10,000 bytes is read', () => {
    const reader = new FrameReader();
    reader.push(packet(new Uint8Array(10_000)));
    expect(reader.next()?.body).toHaveLength(10_000);
  });
});

const types = 'BCdcfDEHFPpQSX';

describe('a length that cannot be', () => {
  test.each([...types])('is refused for %s before anything is buffered', (type) => {
    for (const mode of ['authentication', 'regular'] as const) {
      for (const length of [3, 2, 1, 0, -1, -0x8000_0000, 0x7fff_ffff]) {
        const reader = readerOf(mode);
        reader.push(bytes(type, int32(length)));
        const error = thrown(() => reader.next());
        expect(error).toMatchObject({ severity: 'FATAL', sqlstate: '08P01', message: 'invalid message length' });
        expect(error.fields.detail).toMatch(/^[A-Z]\w+ (announces a length of|has a body of) -?\d+/);
      }
    }
  });

  test('is known by its type', () => {
    const reader = readerOf('regular');
    expect(reader.nextType).toBeUndefined();
    reader.push(bytes(query, byte(0x64)));
    expect(reader.nextType).toBe(0x51);
    reader.next();
    expect(reader.nextType).toBe(0x64);
    reader.push(int32(1));
    thrown(() => reader.next());
    expect(reader.nextType).toBe(0x64);
  });

  test('goes on being refused', () => {
    const reader = readerOf('regular');
    reader.push(bytes('S', int32(3), query));
    expect(thrown(() => reader.next()).sqlstate).toBe('08P01');
    expect(thrown(() => reader.next()).sqlstate).toBe('08P01');
  });
});

describe('limits', () => {
  test.each([...'CcfDEHSX'])('a message of type %s has at most 10,000 bytes', (type) => {
    const reader = readerOf('regular');
    reader.push(message(type, new Uint8Array(10_000)));
    expect(drain(reader)).toHaveLength(1);
    reader.push(bytes(type, int32(10_005)));
    expect(thrown(() => reader.next()).sqlstate).toBe('08P01');
  });

  test.each([...'BdFPQ'])('a message of type %s has at most 256 MiB', (type) => {
    const reader = readerOf('regular');
    reader.push(bytes(type, int32(256 * 1024 * 1024 + 4)));
    expect(reader.next()).toBeUndefined();
    const other = readerOf('regular');
    other.push(bytes(type, int32(256 * 1024 * 1024 + 5)));
    expect(thrown(() => other.next()).sqlstate).toBe('08P01');
  });

  test.each([...types])('before the client is let in, a message of type %s has at most 64 KiB', (type) => {
    const reader = readerOf('authentication');
    reader.push(bytes(type, int32(65_540)));
    expect(thrown(() => reader.next()).sqlstate).toBe('08P01');
  });

  test('can be set by message, and the error names the message and both numbers', () => {
    const reader = readerOf('regular', { Query: 8 });
    reader.push(query);
    expect(thrown(() => reader.next()).fields.detail).toBe('Query has a body of 9 bytes; at most 8 are allowed.');
    reader.takeRest();
    reader.push(message('P', cstring('longer than eight'), cstring(''), int16(0)));
    expect(drain(reader)).toHaveLength(1);
  });
});

test.each([0, 33, 0x31, 0x5a, 255])('a message of type %i is refused', (type) => {
  const reader = readerOf('regular');
  reader.push(bytes(byte(type), int32(4)));
  expect(thrown(() => reader.next())).toMatchObject({
    severity: 'FATAL',
    sqlstate: '08P01',
    message: `invalid frontend message type ${type}`,
  });
});

describe('memory', () => {
  test('is not taken for what a header announces', () => {
    const before = process.memoryUsage().arrayBuffers;
    const readers = Array.from({ length: 10 }, () => readerOf('regular'));
    for (const reader of readers) {
      reader.push(bytes('Q', int32(200_000_000), 'SELECT'));
      expect(reader.next()).toBeUndefined();
    }
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1_000_000);
  });

  test('stays near what was sent when single bytes come', () => {
    const bytesSent = 300_000;
    const reader = readerOf('regular');
    reader.push(bytes('d', int32(bytesSent + 5)));
    const before = memoryInUse();
    for (let index = 0; index < bytesSent; index++) {
      reader.push(Uint8Array.of(index));
      reader.next();
    }
    expect(memoryInUse() - before).toBeLessThan(4 * bytesSent);
    reader.push(byte(255));
    const body = reader.next()?.body;
    expect(body?.slice(0, 300)).toEqual(Uint8Array.from({ length: 300 }, (_, index) => index));
    expect(body?.at(-1)).toBe(255);
  });

  test('a large message in many chunks is put together once', () => {
    const reader = readerOf('regular');
    const chunk = new Uint8Array(2000).fill(7);
    reader.push(bytes('d', int32(20_000 * chunk.length + 4)));
    const before = process.memoryUsage().arrayBuffers;
    for (let index = 0; index < 20_000; index++) {
      expect(reader.next()).toBeUndefined();
      reader.push(chunk);
    }
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1_000_000);
    const body = reader.next()?.body;
    expect(body).toHaveLength(40_000_000);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(41_000_000);
    expect(body?.every((value) => value === 7)).toBe(true);
  });
});

function memoryInUse(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

describe('what comes next', () => {
  test('is told once the whole message is there', () => {
    const reader = readerOf('regular');
    for (const value of query) {
      expect(reader.hasNext()).toBe(false);
      reader.push(byte(value));
    }
    expect(reader.hasNext()).toBe(true);
    expect(drain(reader)).toEqual([frameOfQuery]);
    expect(reader.hasNext()).toBe(false);
  });

  test('is compared with bytes as far as it came in one piece, and passed over', () => {
    const reader = readerOf('regular');
    reader.push(bytes('noise', query, query, message('S')), 5);
    expect(reader.startsWith(bytes(query, query))).toBe(true);
    expect(reader.startsWith(bytes(query, message('S')))).toBe(false);
    expect(reader.startsWith(bytes(query, query, message('S'), 'more'))).toBe(false);
    reader.skip(query.length);
    expect(reader.bufferedBytes).toBe(query.length + 5);
    expect(drain(reader)).toEqual([frameOfQuery, { type: 0x53, body: bytes() }]);
  });

  test('is not known of a message in two pieces', () => {
    const reader = readerOf('regular');
    reader.push(query, 0, 7);
    reader.push(query, 7);
    expect(reader.startsWith(query)).toBe(false);
    expect(drain(reader)).toEqual([frameOfQuery]);
  });

  test('throws what reading it would', () => {
    const reader = readerOf('regular');
    reader.push(bytes('?', int32(4)));
    expect(thrown(() => reader.hasNext())).toMatchObject({ severity: 'FATAL', sqlstate: '08P01' });
  });
});
