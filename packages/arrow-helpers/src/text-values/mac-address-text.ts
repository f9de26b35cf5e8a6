/** Hardware addresses in the notations that PostgreSQL reads. */

const NOTATIONS = [
  /^\s*(?:0*[\da-f]{1,2}:){5}0*[\da-f]{1,2}\s*$/i,
  /^\s*(?:0*[\da-f]{1,2}-){5}0*[\da-f]{1,2}\s*$/i,
  /^\s*[\da-f]{6}[:-]?[\da-f]{6}\s*$/i,
  /^\s*[\da-f]{4}([.-])[\da-f]{4}\1[\da-f]{4}\s*$/i,
];
/** Pairs of digits, behind each of which the first separator may stand again. */
const PAIRS = /^\s*(?:[\da-f]{2}[:.-]?){6}(?:(?:[\da-f]{2}[:.-]?){2})?\s*$/i;

/** `08:00:2b:01:02:03` of a macaddr's text; undefined if it is none. */
export function readMacAddress(written: string): string | undefined {
  if (!NOTATIONS.some((notation) => notation.test(written))) return undefined;
  const text = written.trim().toLowerCase();
  const octets = text.split(/[:-]/);
  return octets.length === 6
    ? octets.map((octet) => octet.slice(-2).padStart(2, '0')).join(':')
    : pairsOf(text).join(':');
}

/** `08:00:2b:01:02:03:04:05` of a macaddr8's text; undefined if it is none. Six bytes are widened as PostgreSQL does. */
export function readMacAddress8(written: string): string | undefined {
  if (!PAIRS.test(written)) return undefined;
  const text = written.trim().toLowerCase();
  if (new Set(text.match(/[:.-]/g)).size > 1) return undefined;
  const pairs = pairsOf(text);
  return (pairs.length === 6 ? [...pairs.slice(0, 3), 'ff', 'fe', ...pairs.slice(3)] : pairs).join(':');
}

function pairsOf(text: string): readonly string[] {
  return text.replaceAll(/[:.-]/g, '').match(/../g) ?? [];
}
