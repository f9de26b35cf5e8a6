import type { DatabaseContent, Owner, RelationContent, SchemaContent } from '../database-content.js';
import type { BuiltIns, TypeFacts } from './built-ins.js';

/** The role that owns what has no other owner, and that every client's role is a member of. */
export const ownerRole = 16383;
const superuser = 10;

const anyArray = 2277;
const anyEnum = 3500;

const systemSchemas: ReadonlySet<string> = new Set(['pg_catalog', 'information_schema', 'pg_toast']);

/** Whether PostgreSQL's own objects are in the schema; of `public` there is only the name. */
export function isSystemSchema(name: string): boolean {
  return systemSchemas.has(name);
}

/** What the rows of one object need to know of others. */
export class ContentContext {
  readonly builtIns: BuiltIns;
  readonly #types = new Map<number, TypeFacts>();
  readonly #relations = new Map<number, RelationContent>();
  readonly #referenced = new Set<number>();
  readonly #nextOid: () => number;

  /** @param nextOid - gives an OID of its own to what nobody names by OID: labels of enums, defaults */
  constructor(content: DatabaseContent, builtIns: BuiltIns, nextOid: () => number) {
    this.#nextOid = nextOid;
    this.builtIns = builtIns;
    const classOf = (oid: number): number => builtIns.types.get(oid)?.operatorClass ?? 0;
    const element = { collation: 0, delimiter: ',', send: 2401, output: 751, length: -1, byValue: false } as const;
    for (const schema of content.schemas) {
      for (const { oid, arrayOid } of schema.enums) {
        this.#types.set(oid, {
          ...element,
          length: 4,
          byValue: true,
          alignment: 'i',
          storage: 'p',
          category: 'E',
          output: 3507,
          send: 3533,
          operatorClass: classOf(anyEnum),
        });
        this.#addArray(arrayOid, 'i', element, classOf(anyArray));
      }
      for (const relation of schema.relations) {
        this.#relations.set(relation.oid, relation);
        const row = { ...element, alignment: 'd', storage: 'x', category: 'C', output: 2291, send: 2403 };
        this.#types.set(relation.typeOid, { ...row, operatorClass: classOf(2249) });
        for (const constraint of relation.constraints) {
          if (constraint.kind === 'foreignKey') this.#referenced.add(constraint.referencedRelationOid);
        }
      }
    }
    // A domain may be over a type of any schema, and over another domain.
    for (const schema of content.schemas) {
      for (const { oid, arrayOid, baseTypeOid } of schema.domains) {
        const base = this.typeFacts(baseTypeOid);
        this.#types.set(oid, base);
        this.#addArray(
          arrayOid,
          base.alignment === 'd' ? 'd' : 'i',
          { ...element, collation: base.collation },
          classOf(anyArray),
        );
      }
    }
  }

  /** What pg_type says of a type; of one that is not there, what fits anything that varies in length. */
  typeFacts(oid: number): TypeFacts {
    return this.#types.get(oid) ?? this.builtIns.types.get(oid) ?? this.builtIns.types.get(25)!;
  }

  /** The role that owns an object. The superuser is never it: nobody is a member of that. */
  ownerOid(owner: Owner): number {
    return owner === null || owner === superuser ? ownerRole : owner;
  }

  /** The index that makes columns of another relation unique, 0 if there is none. */
  uniqueIndexOver(relationOid: number, columns: readonly number[]): number {
    const wanted = [...columns].sort((a, b) => a - b).join();
    const index = this.#relations
      .get(relationOid)
      ?.indexes.find((candidate) => candidate.unique && [...candidate.columns].sort((a, b) => a - b).join() === wanted);
    return index?.oid ?? 0;
  }

  /** Whether triggers of PostgreSQL's own would guard a foreign key of the relation, or one that refers to it. */
  hasForeignKeys(relation: RelationContent): boolean {
    return this.#referenced.has(relation.oid) || relation.constraints.some(({ kind }) => kind === 'foreignKey');
  }

  /** Whether the column is an identity column. */
  isIdentity(relationOid: number, column: number): boolean {
    return (this.#relations.get(relationOid)?.columns[column - 1]?.identity ?? null) !== null;
  }

  /** The OID of a schema: the source's, but for those that PostgreSQL itself knows by OID. */
  schemaOid(schema: Pick<SchemaContent, 'oid' | 'name'>): number {
    return (isSystemSchema(schema.name) ? this.builtIns.schemas.get(schema.name) : undefined) ?? schema.oid;
  }

  /** An OID for what nobody names by OID: labels of enums, defaults. */
  nextOid(): number {
    return this.#nextOid();
  }

  #addArray(
    oid: number,
    alignment: string,
    array: Omit<TypeFacts, 'alignment' | 'storage' | 'category' | 'operatorClass'>,
    operatorClass: number,
  ): void {
    this.#types.set(oid, { ...array, alignment, storage: 'x', category: 'A', operatorClass });
  }
}
