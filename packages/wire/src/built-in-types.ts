import { typeFacts } from './type-oid.generated.js';

const sizes = new Map<number, number>();
const arrays = new Map<number, number>();
const elements = new Map<number, number>();
for (const [oid, size, arrayOid, elementOid] of typeFacts) {
  sizes.set(oid, size);
  if (arrayOid !== 0) arrays.set(oid, arrayOid);
  if (elementOid !== 0) elements.set(oid, elementOid);
}

/** Bytes that a value of the built-in type takes in PostgreSQL (pg_type.typlen): -1 if that varies or the type is not known. */
export function typeSize(oid: number): number {
  return sizes.get(oid) ?? -1;
}

/** The OID of the array over a built-in type (pg_type.typarray), undefined if there is none. */
export function arrayTypeOid(oid: number): number | undefined {
  return arrays.get(oid);
}

/** The OID of the elements of a built-in array type, undefined for what is no array. int2vector and oidvector are arrays. */
export function elementTypeOid(oid: number): number | undefined {
  return elements.get(oid);
}
