/** What extra_float_digits takes away from the digits of a float4 and a float8 where it is not 1 or more. */
const float4Digits = 6;
const float8Digits = 15;

/** A float8 as PostgreSQL prints it: the shortest text that reads back the same, or of fewer digits if the setting says so. */
export function formatFloat8(value: number, extraFloatDigits = 1): string {
  if (extraFloatDigits < 1) return formatRounded(value, float8Digits + extraFloatDigits);
  return formatFloat(value, value.toExponential(), float8Digits);
}

/** The same of a float4. */
export function formatFloat4(value: number, extraFloatDigits = 1): string {
  if (extraFloatDigits < 1) return formatRounded(value, float4Digits + extraFloatDigits);
  let shortest = value.toExponential();
  for (let digits = 0; digits < 9 && Number.isFinite(value); digits += 1) {
    const candidate = value.toExponential(digits);
    if (Math.fround(Number(candidate)) !== value) continue;
    shortest = candidate;
    break;
  }
  return formatFloat(value, shortest, float4Digits);
}

/** C's `%.*g`, of at least one digit. */
function formatRounded(value: number, digits: number): string {
  const kept = Math.max(1, digits);
  const [mantissa = '', power = '0'] = value.toExponential(kept - 1).split('e');
  const significant = mantissa.includes('.') ? mantissa.replace(/\.?0+$/, '') : mantissa;
  return formatFloat(value, `${significant}e${power}`, kept);
}

/** With an exponent from 10^`exponentAt` on and below 10^-4, else without. */
function formatFloat(value: number, exponential: string, exponentAt: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (Object.is(value, -0)) return '-0';
  const [mantissa = '', power = '0'] = exponential.split('e');
  const exponent = Number(power);
  if (exponent < -4 || exponent >= exponentAt) {
    return `${mantissa}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
  }
  const sign = value < 0 ? '-' : '';
  const digits = mantissa.replace(/[-.]/g, '');
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`;
  const integer = digits.slice(0, exponent + 1).padEnd(exponent + 1, '0');
  const fraction = digits.slice(exponent + 1);
  return fraction === '' ? sign + integer : `${sign}${integer}.${fraction}`;
}
