import type { TypeCase } from './type-case.js';

/** What a value of the case is cast to: its type with the modifier, such as `numeric(10,2)[]`. */
export function castOf({ postgres, typeModifier }: Pick<TypeCase, 'postgres' | 'typeModifier'>): string {
  if (typeModifier === undefined) return postgres.name;
  const packed = typeModifier - 4;
  return postgres.name.replace('numeric', `numeric(${packed >> 16},${(packed << 21) >> 21})`);
}
