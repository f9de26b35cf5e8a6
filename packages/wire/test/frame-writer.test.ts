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
