/** The shortest text that reads back as the same float8, as PostgreSQL prints it. */
export function formatFloat8(value: number): string {
  return formatFloat(value, value.toExponential(), 15);
}

/** The shortest text that reads back as the same float4, as PostgreSQL prints it. */
export function formatFloat4(value: number): string {
  let shortest = value.toExponential();
  for (let digits = 0; digits < 9 && Number.isFinite(value); digits += 1) {
    const candidate = value.toExponential(digits);
    if (Math.fround(Number(candidate)) !== value) continue;
    shortest = candidate;
    break;
  }
  return formatFloat(value, shortest, 6);
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
