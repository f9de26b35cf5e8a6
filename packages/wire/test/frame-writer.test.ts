import { FrameWriter } from '@riffq/wire';
import { describe, expect, test } from 'vitest';
import { bytes, cstring, int16, int32, message } from './test-bytes.js';

function write(writer: FrameWriter, text: string): void {
  writer.begin(0x43);
  writer.cstring(text);
  writer.end();
}

test('what was taken is not touched by later writes', () => {
  const writer = new FrameWriter(64);
  write(writer, 'first');
  const first = writer.take();
  write(writer, 'second');
  const second = writer.take();
  write(writer, 'x'.repeat(1000));
  write(writer, 'third');
  const third = writer.take();
  expect(first).toEqual(message('C', cstring('first')));
  expect(second).toEqual(message('C', cstring('second')));
  expect(third).toEqual(bytes(message('C', cstring('x'.repeat(1000))), message('C', cstring('third'))));
});

test('size tells how much there is to take', () => {
  const writer = new FrameWriter();
  expect(writer.size).toBe(0);
  expect(writer.take()).toEqual(bytes());
  write(writer, 'abc');
  expect(writer.size).toBe(9);
  writer.take();
  expect(writer.size).toBe(0);
});

test.each([1, 5, 64, 4096])('it grows from %i bytes to whatever is written', (initialSize) => {
  const writer = new FrameWriter(initialSize);
  const texts = Array.from({ length: 200 }, (_, index) => 'é'.repeat(index));
  for (const text of texts) write(writer, text);
  expect(writer.take()).toEqual(bytes(...texts.map((text) => message('C', cstring(text)))));
});

test('numbers are written by their lower bits, signed or not', () => {
  const writer = new FrameWriter();
  writer.begin(0x44);
  writer.int16(-1);
  writer.int16(65_535);
  writer.int32(-2);
  writer.int32(4_294_967_295);
  writer.end();
  expect(writer.take()).toEqual(message('D', int16(-1), int16(-1), int32(-2), int32(-1)));
});

describe('memory', () => {
  test('a large message is given back when it is taken', () => {
    const writer = new FrameWriter();
    write(writer, 'x'.repeat(1_000_000));
    writer.take();
    write(writer, 'small');
    expect(writer.take().buffer.byteLength).toBeLessThanOrEqual(Buffer.poolSize);
  });

  test('nothing is allocated before the first write', () => {
    const before = process.memoryUsage().arrayBuffers;
    const writers = Array.from({ length: 100 }, () => new FrameWriter(1_000_000));
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1_000_000);
    expect(writers).toHaveLength(100);
  });
});

test('memory that is given back is written to again, by whichever writer comes next', () => {
  // Larger than what Node takes from a buffer that all share.
  const writer = new FrameWriter(16 * 1024);
  write(writer, 'mine');
  const { buffer } = writer.take();
  writer.release(true);
  const other = new FrameWriter(16 * 1024);
  write(other, 'other');
  expect(other.take()).toMatchObject({ buffer });
  write(writer, 'of its own');
  expect(writer.take().buffer).not.toBe(buffer);
});

test('memory that somebody holds is left alone', () => {
  const writer = new FrameWriter(64);
  write(writer, 'held');
  const held = writer.take();
  writer.release(false);
  for (let times = 0; times < 3; times += 1) write(writer, 'later');
  expect(held).toEqual(message('C', cstring('held')));
});

test('the first bytes of a value are written, be they few or many', () => {
  for (const length of [0, 1, 128, 129, 1000]) {
    const writer = new FrameWriter();
    writer.start(
      Uint8Array.from({ length: 2000 }, (_, index) => index),
      length,
    );
    expect(writer.take()).toEqual(Uint8Array.from({ length }, (_, index) => index));
  }
});
