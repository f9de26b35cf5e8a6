import { invalidField } from '../errors/source-errors.js';
import { isIntervalModifier } from './interval-fields.js';

interface Modified {
  readonly name: string;
  /** Itself, and arrays of it. */
  readonly oids: readonly number[];
  fits(modifier: number): boolean;
}

const between =
  (least: number, most: number) =>
  (modifier: number): boolean =>
    modifier === -1 || (modifier >= least && modifier <= most);

/** PostgreSQL's type modifiers count the four bytes of a length with the value. */
const lengthBytes = 4;
const longestText = 10_485_760;
const longestBits = 83_886_080;
const mostDigits = 1000;
const fractionalDigits = 6;

const isNumericModifier = (modifier: number): boolean => {
  const precision = (modifier - lengthBytes) >> 16;
  return modifier === -1 || (modifier >= lengthBytes && precision >= 1 && precision <= mostDigits);
};

const types: readonly Modified[] = [
  { name: 'interval', oids: [1186, 1187], fits: isIntervalModifier },
  { name: 'character', oids: [1042, 1014], fits: between(lengthBytes + 1, lengthBytes + longestText) },
  { name: 'character varying', oids: [1043, 1015], fits: between(lengthBytes + 1, lengthBytes + longestText) },
  { name: 'bit', oids: [1560, 1561], fits: between(1, longestBits) },
  { name: 'bit varying', oids: [1562, 1563], fits: between(1, longestBits) },
  { name: 'numeric', oids: [1700, 1231], fits: isNumericModifier },
  { name: 'time', oids: [1083, 1183], fits: between(0, fractionalDigits) },
  { name: 'time with time zone', oids: [1266, 1270], fits: between(0, fractionalDigits) },
  { name: 'timestamp', oids: [1114, 1115], fits: between(0, fractionalDigits) },
  { name: 'timestamp with time zone', oids: [1184, 1185], fits: between(0, fractionalDigits) },
];

const byOid = new Map(types.flatMap((type) => type.oids.map((oid) => [oid, type] as const)));

/**
 * Refuses a type modifier that the type does not have: PostgreSQL cannot print it, or information_schema not hold it, and every
 * query that shows the column would fail.
 *
 * @throws PgError
 */
export function requireTypeModifier(method: string, of: string, typeOid: number, typeModifier: number): void {
  if (typeModifier === -1) return;
  const type = byOid.get(typeOid);
  if (type === undefined || type.fits(typeModifier)) return;
  throw invalidField(method, { name: 'typeModifier', of }, `one of ${type.name}'s`, typeModifier);
}
