/** The longest offset: `+15:59:59`. */
export const ZONE_OFFSET_BYTES = 9;

/** An offset as PostgreSQL prints it: `+02`, `-03:30`, `+00:19:32`. */
export function zoneOffset(offsetSeconds: number): string {
  const distance = Math.abs(offsetSeconds);
  const two = (value: number): string => String(value).padStart(2, '0');
  const minutes = Math.floor(distance / 60) % 60;
  const seconds = distance % 60;
  const hours = `${offsetSeconds < 0 ? '-' : '+'}${two(Math.floor(distance / 3600))}`;
  if (seconds !== 0) return `${hours}:${two(minutes)}:${two(seconds)}`;
  return minutes === 0 ? hours : `${hours}:${two(minutes)}`;
}
