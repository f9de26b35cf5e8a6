import { PgError, sqlstate } from '@riffq/wire';
import { invalidSetting } from './invalid-setting.js';
import type { SettingDefinition } from './setting-definition.js';
import { formatNumber, roundToEven, showNumber, toBaseUnit, unitHint } from './setting-unit.js';

const leastInteger = -2_147_483_648;
const greatestInteger = 2_147_483_647;
const pattern = /^\s*([-+]?(?:0x[0-9a-f]+|(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?))\s*(\S.*?)?\s*$/is;

/**
 * A number, with a unit where the setting has one (`64MB`, `1.5 min`), as SHOW tells it.
 *
 * @throws PgError 22023 for anything else
 */
export function numberSetting(definition: SettingDefinition, value: string): string {
  const { name, unit, type, least, greatest } = definition;
  const [, digits, givenUnit] = pattern.exec(value) ?? [];
  if (digits === undefined || (givenUnit !== undefined && unit === '')) throw invalidSetting(name, value);
  // What begins as an octal number ends before an 8 or 9: these would be a unit then.
  if (type === 'integer' && /^[-+]?0[0-7]*[89]/.test(digits)) {
    throw invalidSetting(name, value, unit === '' ? {} : { hint: unitHint(unit) });
  }
  const number = parseNumber(digits, type);
  if (!Number.isFinite(number)) throw invalidSetting(name, value);
  const inUnit = givenUnit === undefined ? number : toBaseUnit(number, givenUnit, unit);
  if (inUnit === undefined) throw invalidSetting(name, value, { hint: unitHint(unit) });
  const result = type === 'integer' ? roundToEven(inUnit) : inUnit;
  if (type === 'integer' && (result < leastInteger || result > greatestInteger)) {
    throw invalidSetting(name, value, { hint: 'Value exceeds integer range.' });
  }
  if (result >= least && result <= greatest) return showNumber(result, definition);
  const withUnit = (limit: number): string => `${formatNumber(limit, type)}${unit === '' ? '' : ` ${unit}`}`;
  throw new PgError({
    sqlstate: sqlstate.invalid_parameter_value,
    message: `${withUnit(result)} is outside the valid range for parameter "${name}" (${withUnit(least)} .. ${withUnit(greatest)})`,
  });
}

/** Integers may be octal or hexadecimal, as in C. */
function parseNumber(digits: string, type: SettingDefinition['type']): number {
  const [, sign = '', based = ''] = /^([-+]?)(0[0-7]+|0x[0-9a-f]+)$/i.exec(digits) ?? [];
  if (type !== 'integer' || based === '') return Number(digits);
  const number = Number(based.replace(/^0(?=[0-7])/, '0o'));
  return sign === '-' ? -number : number;
}
