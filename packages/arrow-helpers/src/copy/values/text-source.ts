/**
 * How generated loops read the values of text that they read most: without a call, in one pass with the look for the field's end, and
 * straight into the column's buffers. What is written otherwise than PostgreSQL does is left to the general way.
 */

import { DAY_BYTES, NO_DAY } from './read-day.js';
import { SIX, UPPER_HALVES, ZEROS } from './read-digits.js';

/** Powers of ten, for the generated code. */
export const tens = Int32Array.from({ length: 8 }, (_, exponent) => 10 ** exponent);

/** A column's part in a generated loop over COPY's text and CSV. */
export interface TextSource {
  /**
   * Statements that read the value at `at` of `bytes`, and of its `view`, for the `row` into the builder's `v` (`values`), `w` (`view`) and
   * `o` (`offsets`) and set `end` to where it ends; `break general` leaves it to {@link ColumnBuilder.readPlain} and what follows. Whether
   * the field ends there too is not theirs to look at.
   */
  readonly statements: string;
  /** Variables of the column's own that are kept from row to row, 0 at first. */
  readonly state?: readonly string[];
}

/** Sets `word` to the characters at an expression, as digits, and `count` to with how many digits it begins. */
const look = (at: string): string =>
  `word = view.getInt32(${at}) ^ ${ZEROS}; count = Math.clz32((word | (word + ${SIX})) & ${UPPER_HALVES}) >> 3;`;

/** The number that `word` stands for, or the digits that it begins with if these are less than four. */
const four = 'fourDigits(word)';
const some = 'fourDigits((word >>> 1) >>> (31 - 8 * count))';

/** Without a branch, for signs are hard to foresee. */
const sign = 'negative = ((bytes[at] ^ 0x2d) - 1) >>> 31; end = (at + negative) | 0;';

/** int4 of up to ten digits. */
export const int4Source: TextSource = {
  statements: `${sign}
${look('end')}
if (count === 4) {
upper = ${four};
${look('end + 4')}
if (count === 4) {
upper = (upper * 10000 + ${four}) | 0;
${look('end + 8')}
if (count > 2) break general;
if (count > 0) {
number = upper * tens[count] + ${some};
if (number > 2147483647) break general;
upper = number | 0;
}
end = (end + 8 + count) | 0;
} else {
upper = (upper * tens[count] + ${some}) | 0;
end = (end + 4 + count) | 0;
}
} else {
if (count === 0) break general;
upper = ${some};
end = (end + count) | 0;
}
v.setInt32(row << 2, (upper ^ -negative) + negative, true);`,
};

/** int8 of up to sixteen digits, which a double holds. */
export const int8Source: TextSource = {
  statements: `${sign}
${look('end')}
if (count === 4) {
upper = ${four};
${look('end + 4')}
if (count === 4) {
upper = (upper * 10000 + ${four}) | 0;
${look('end + 8')}
if (count === 4) {
lower = ${four};
${look('end + 12')}
if (count === 4) {
if (upper > 90071991) break general;
number = upper * 100000000 + (lower * 10000 + ${four});
} else number = upper * tens[4 + count] + (lower * tens[count] + ${some});
end = (end + 12 + count) | 0;
} else {
number = upper * tens[count] + ${some};
end = (end + 8 + count) | 0;
}
} else {
number = upper * tens[count] + ${some};
end = (end + 4 + count) | 0;
}
} else {
if (count === 0) break general;
number = ${some};
end = (end + count) | 0;
}
number *= 1 - 2 * negative;
v.setInt32(row << 3, number, true);
v.setInt32((row << 3) + 4, Math.floor(number / 0x100000000), true);`,
};

/** float8. */
export const float8Source: TextSource = {
  statements: 'end = readFloat8(bytes, view, at, v, row) | 0; if (end < 0) break general;',
};

/** Dates come again and again: the last one's characters are compared first. */
const date = (
  isNew: string,
): string => `first = view.getInt32(at); second = view.getInt32(at + 4); third = view.getUint16(at + 8);
if (((first ^ year) | (second ^ month) | (third ^ dayOfMonth)) !== 0) {
${isNew}
year = first; month = second; dayOfMonth = third;
}`;

const dateState = ['year', 'month', 'dayOfMonth', 'day'];

/** Dates in days. */
export const dateSource: TextSource = {
  statements: `${date(`if ((end = readDay(view, at) | 0) === ${NO_DAY}) break general; day = end;`)}
v.setInt32(row << 2, day, true);
end = (at + ${DAY_BYTES}) | 0;`,
  state: dateState,
};

/** Microseconds; further from 1970 doubles do not hold all of them. */
const FARTHEST_DAY = 100_000;

/** Timestamps in microseconds, with `+00` or without a zone: `2024-02-29 12:30:00.123456`. */
export const timestampSource: TextSource = {
  statements: `${date(`if (Math.abs(end = readDay(view, at) | 0) > ${FARTHEST_DAY}) break general; day = end * 86400000000;`)}
if (bytes[at + ${DAY_BYTES}] !== 0x20) break general;
first = view.getInt32(at + 11) ^ 0x30303a30; second = view.getInt32(at + 15) ^ 0x303a3030;
if ((((first | (first + ${SIX}) | second | (second + ${SIX})) & ${UPPER_HALVES}) | (first & 0xff00) | (second & 0xff0000)) !== 0) break general;
upper = ((first >> 24) * 10 + ((first >> 16) & 15)) | 0;
lower = ((first & 15) * 10 + (second >> 24)) | 0;
third = (((second >> 8) & 15) * 10 + (second & 15)) | 0;
if (((23 - upper) | (59 - lower) | (59 - third)) < 0) break general;
number = day + ((upper * 60 + lower) * 60 + third) * 1000000;
end = (at + 19) | 0;
if (bytes[end] === 0x2e) {
${look('end + 1')}
if (count === 4) {
upper = ${four} * 100;
${look('end + 5')}
if (count > 2) break general;
number += upper + ((${some} * tens[2 - count]) | 0);
end = (end + 5 + count) | 0;
} else {
if (count === 0) break general;
number += ((${some} * tens[6 - count]) | 0);
end = (end + 1 + count) | 0;
}
}
if (bytes[end] === 0x2b && view.getUint16(end + 1) === 0x3030) end = (end + 3) | 0;
v.setInt32(row << 3, number, true);
v.setInt32((row << 3) + 4, Math.floor(number / 0x100000000), true);`,
  state: dateState,
};

/** So many bytes are copied here; the rest of longer ones is copied by what knows where they end. */
const SHORT_BYTES = 64;

/** Strings without escapes or quotes, four bytes at a time as {@link RunStops} does. */
export const stringSource: TextSource = {
  statements: `end = at; upper = o[row];
for (;;) {
word = view.getInt32(end, true);
w.setInt32(upper, word, true);
word = ((word - 0x20202020) | ((word ^ delimiters) - 0x01010101) | ((word ^ specials) - 0x01010101)) & ~word & 0x80808080;
if (word !== 0) {
end = (end + ((31 - Math.clz32(word & -word)) >> 3)) | 0;
break;
}
end = (end + 4) | 0;
upper = (upper + 4) | 0;
if (end - at > ${SHORT_BYTES}) {
end = syntax.copyRest(v, w, upper, bytes, view, end) | 0;
break;
}
}
o[row + 1] = o[row] + (end - at);`,
};
