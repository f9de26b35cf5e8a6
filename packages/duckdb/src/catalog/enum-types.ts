import { quoteText } from '../write/quote-name.js';

/** The OIDs of an enum, and of the type of its arrays. */
export interface EnumOids {
  readonly oid: number;
  readonly arrayOid: number;
}

/** The enums of a database by their labels: DuckDB says of a column no more than these. */
export class EnumTypes {
  readonly #bySchema = new Map<string, EnumOids[]>();
  readonly #anywhere = new Map<string, EnumOids[]>();

  add(schema: string, labels: readonly string[], oids: EnumOids): void {
    const written = `ENUM(${labels.map(quoteText).join(', ')})`;
    append(this.#bySchema, key(schema, written), oids);
    append(this.#anywhere, written, oids);
  }

  /** The enum of a column in a schema, whose type DuckDB writes so; undefined when there is none, or two are alike. */
  find(schema: string, written: string): EnumOids | undefined {
    return only(this.#bySchema.get(key(schema, written)) ?? this.#anywhere.get(written));
  }
}

function append(map: Map<string, EnumOids[]>, name: string, oids: EnumOids): void {
  const list = map.get(name);
  if (list === undefined) map.set(name, [oids]);
  else list.push(oids);
}

function only(found: readonly EnumOids[] = []): EnumOids | undefined {
  return found.length === 1 ? found[0] : undefined;
}

function key(schema: string, written: string): string {
  return `${schema}\0${written}`;
}
