import { Unconvertible } from './unconvertible.js';

const part = /([+-]?\d+) (year|mon|day)s?(?: |$)|([+-]?)(\d+):(\d\d):(\d\d)(?:\.(\d{1,6}))?$/y;

/** interval, in PostgreSQL's own style: microseconds, days, months. */
export function intervalToBinary(text: string): Uint8Array {
  if (text === 'infinity') return encode(2n ** 63n - 1n, 2 ** 31 - 1, 2 ** 31 - 1);
  if (text === '-infinity') return encode(-(2n ** 63n), -(2 ** 31), -(2 ** 31));
  let microseconds = 0n;
  let days = 0;
  let months = 0;
  part.lastIndex = 0;
  do {
    const match = part.exec(text);
    if (match === null) throw new Unconvertible("its text is not in PostgreSQL's own style");
    const [, count, unit, sign, hours = '0', minutes, seconds, fraction = ''] = match;
    if (unit === 'year') months += Number(count) * 12;
    else if (unit === 'mon') months += Number(count);
    else if (unit === 'day') days += Number(count);
    else {
      const rest = (Number(minutes) * 60 + Number(seconds)) * 1_000_000 + Number(fraction.padEnd(6, '0'));
      const clock = BigInt(hours) * 3_600_000_000n + BigInt(rest);
      microseconds = sign === '-' ? -clock : clock;
    }
  } while (part.lastIndex < text.length);
  return encode(microseconds, days, months);
}

function encode(microseconds: bigint, days: number, months: number): Uint8Array {
  const bytes = Buffer.alloc(16);
  bytes.writeBigInt64BE(microseconds);
  bytes.writeInt32BE(days, 8);
  bytes.writeInt32BE(months, 12);
  return bytes;
}
