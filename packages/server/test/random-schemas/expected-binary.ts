import { columnTypeOf } from './column-types.js';
import { closedText, textOf } from './expected-text.js';
import type { ArrayValue, PostgresValue } from './postgres-value.js';

/** 2000-01-01, from which PostgreSQL counts. */
const EPOCH_DAY = 10_957;
const EPOCH = BigInt(EPOCH_DAY) * 86_400_000_000n;
const LARGEST = 2n ** 63n - 1n;

/** The bytes that PostgreSQL sends; of JSON, those with the digits that were received where these are right. */
export function binaryOf(value: PostgresValue, received: Buffer): Buffer {
  switch (value.kind) {
    case 'bool':
      return Buffer.of(value.value ? 1 : 0);
    case 'int':
      return integer(value.value, value.bytes);
    case 'float': {
      const bytes = Buffer.alloc(value.single ? 4 : 8);
      if (value.single) bytes.writeFloatBE(value.value);
      else bytes.writeDoubleBE(value.value);
      return bytes;
    }
    case 'numeric':
      return numeric(value.unscaled, value.scale);
    case 'bytea':
    case 'uuid':
      return Buffer.from(value.value);
    case 'date': {
      if (Number.isFinite(value.days)) return integer(BigInt(value.days - EPOCH_DAY), 4);
      return integer(value.days > 0 ? 2n ** 31n - 1n : -(2n ** 31n), 4);
    }
    case 'time':
      return integer(value.microseconds, 8);
    case 'timestamp': {
      const { microseconds } = value;
      if (typeof microseconds === 'bigint') return integer(microseconds - EPOCH, 8);
      return integer(microseconds > 0 ? LARGEST : -LARGEST - 1n, 8);
    }
    case 'interval': {
      const infinite = value.infinite > 0 ? LARGEST : -LARGEST - 1n;
      const time = value.infinite === 0 ? value.microseconds : infinite;
      return Buffer.concat([integer(time, 8), integer(BigInt(value.days), 4), integer(BigInt(value.months), 4)]);
    }
    case 'array':
      return array(value, received);
    default:
      return Buffer.from(closedText(textOf(value), received.toString()));
  }
}

function integer(value: bigint, bytes: number): Buffer {
  const all = Buffer.alloc(8);
  all.writeBigInt64BE(value);
  return all.subarray(8 - bytes);
}

/** Groups of four digits on both sides of the point, without zeros around them; how many stand before it; sign and scale. */
function numeric(unscaled: bigint, scale: number): Buffer {
  const shown = Math.max(scale, 0);
  const missing = (4 - (shown % 4)) % 4;
  const whole = (unscaled < 0n ? -unscaled : unscaled) * 10n ** BigInt(missing + shown - scale);
  const digits = whole === 0n ? '' : String(whole);
  const padded = digits.padStart(Math.ceil(digits.length / 4) * 4, '0');
  const groups = padded.match(/\d{4}/g) ?? [];
  const weight = groups.length - 1 - (shown + missing) / 4;
  while (groups.at(-1) === '0000') groups.pop();
  const sign = unscaled < 0n ? 0x4000 : 0;
  const words = [groups.length, whole === 0n ? 0 : weight, sign, shown, ...groups.map(Number)];
  return Buffer.concat(words.map((word) => integer(BigInt(word), 2)));
}

function array({ lengths, elements, element }: ArrayValue, received: Buffer): Buffer {
  const hasNull = elements.includes(null) ? 1 : 0;
  const header = [lengths.length, hasNull, columnTypeOf(element).oid, ...lengths.flatMap((length) => [length, 1])];
  const theirs = elementsOf(received);
  const parts = elements.map((value, index) => {
    if (value === null) return integer(-1n, 4);
    const bytes = binaryOf(value, theirs[index] ?? Buffer.alloc(0));
    return Buffer.concat([integer(BigInt(bytes.length), 4), bytes]);
  });
  return Buffer.concat([...header.map((word) => integer(BigInt(word), 4)), ...parts]);
}

function elementsOf(received: Buffer): Buffer[] {
  const elements: Buffer[] = [];
  const dimensions = received.length < 4 ? 0 : received.readInt32BE(0);
  for (let at = 12 + 8 * dimensions; at + 4 <= received.length; ) {
    const length = Math.max(received.readInt32BE(at), 0);
    elements.push(received.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return elements;
}
