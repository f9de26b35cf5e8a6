import { PgError, sqlstate } from '@riffq/wire';

/** Units of a duration in milliseconds, largest first. */
const units: readonly (readonly [unit: string, milliseconds: number])[] = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1000],
  ['ms', 1],
  ['us', 0.001],
];
const most = 2_147_483_647;

/**
 * A duration, such as `5000`, `5s` or `1.5 min`, in the largest unit that it is a whole number of, as SHOW tells it.
 *
 * @throws PgError 22023 for anything else.
 */
export function timeSetting(name: string, value: string): string {
  const [, digits, unit = 'ms'] = /^\s*([-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)\s*([a-z]+)?\s*$/i.exec(value) ?? [];
  if (digits === undefined) throw invalid(name, value);
  const factor = units.find(([candidate]) => candidate === unit)?.[1];
  if (factor === undefined) {
    throw invalid(name, value, 'Valid units for this parameter are "us", "ms", "s", "min", "h", and "d".');
  }
  const milliseconds = Math.round(Number(digits) * factor);
  if (milliseconds > most) throw invalid(name, value, 'Value exceeds integer range.');
  if (milliseconds < 0) {
    throw new PgError({
      sqlstate: sqlstate.invalid_parameter_value,
      message: `${milliseconds} ms is outside the valid range for parameter "${name}" (0 ms .. ${most} ms)`,
    });
  }
  const largest = units.find(([, size]) => milliseconds > 0 && milliseconds % size === 0);
  return largest === undefined ? '0' : `${milliseconds / largest[1]}${largest[0]}`;
}

function invalid(name: string, value: string, hint?: string): PgError {
  const message = `invalid value for parameter "${name}": "${value}"`;
  return new PgError({
    sqlstate: sqlstate.invalid_parameter_value,
    message,
    ...(hint === undefined ? {} : { hint }),
  });
}
