import { PgError, sqlstate } from '@riffq/wire';
import { invalidSetting } from './invalid-setting.js';
import type { SettingDefinition } from './setting-definition.js';
import { formatNumber, roundToEven, showNumber, toBaseUnit, unitHint } from './setting-unit.js';

const leastInteger = -2_147_483_648;
const greatestInteger = 2_147_483_647;
const infinity = /^\s*([-+]?)(inf(?:inity)?)\s*$/i;
/** The smallest ring of buffers that VACUUM uses, in kB. */
const leastRing = 128;
const pattern = /^\s*([-+]?(?:0x[0-9a-f]+|(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?))\s*(\S.*?)?\s*$/is;

/**
 * A number, with a unit where the setting has one (`64MB`, `1.5 min`), as SHOW tells it.
 *
 * @throws PgError 22023 for anything else
 */
export function numberSetting(definition: SettingDefinition, value: string): string {
  const { name, unit, type, least, greatest } = definition;
  const [, minus, isInfinite] = type === 'real' ? (infinity.exec(value) ?? []) : [];
  if (isInfinite !== undefined) throw outsideRange(definition, minus === '-' ? -Infinity : Infinity);
  const [, digits, givenUnit] = pattern.exec(value) ?? [];
  if (digits === undefined || (givenUnit !== undefined && unit === '')) throw invalidSetting(name, value);
  // What begins as an octal number ends before an 8 or 9: these would be a unit then.
  if (type === 'integer' && /^[-+]?0[0-7]*[89]/.test(digits)) {
    throw invalidSetting(name, value, unit === '' ? {} : { hint: unitHint(unit) });
  }
  const number = parseNumber(digits, type);
  // As C says of numbers that are too large for it, or too near to 0.
  if (!Number.isFinite(number) || (number === 0 && /^[^e]*[1-9]/i.test(digits))) throw invalidSetting(name, value);
  const inUnit = givenUnit === undefined ? number : toBaseUnit(number, givenUnit, unit);
  if (inUnit === undefined) throw invalidSetting(name, value, { hint: unitHint(unit) });
  const result = type === 'integer' ? roundToEven(inUnit) : inUnit;
  if (type === 'integer' && (result < leastInteger || result > greatestInteger)) {
    throw invalidSetting(name, value, { hint: 'Value exceeds integer range.' });
  }
  if (name === 'vacuum_buffer_usage_limit' && result > 0 && result < leastRing) throw badRing(name, result, greatest);
  if (result >= least && result <= greatest) return showNumber(result, definition);
  throw outsideRange(definition, result);
}

function outsideRange({ name, unit, type, least, greatest }: SettingDefinition, value: number): PgError {
  const withUnit = (limit: number): string => `${formatNumber(limit, type)}${unit === '' ? '' : ` ${unit}`}`;
  return new PgError({
    sqlstate: sqlstate.invalid_parameter_value,
    message: `${withUnit(value)} is outside the valid range for parameter "${name}" (${withUnit(least)} .. ${withUnit(greatest)})`,
  });
}

function badRing(name: string, value: number, greatest: number): PgError {
  return new PgError({
    sqlstate: sqlstate.invalid_parameter_value,
    message: `invalid value for parameter "${name}": ${value}`,
    detail: `"${name}" must be 0 or between ${leastRing} kB and ${greatest} kB.`,
  });
}

/** Integers may be octal or hexadecimal, as in C. */
function parseNumber(digits: string, type: SettingDefinition['type']): number {
  const [, sign = '', based = ''] = /^([-+]?)(0[0-7]+|0x[0-9a-f]+)$/i.exec(digits) ?? [];
  if (type !== 'integer' || based === '') return Number(digits);
  const number = Number(based.replace(/^0(?=[0-7])/, '0o'));
  return sign === '-' ? -number : number;
}
