import type { DatabaseContent, Owner, RelationContent } from '../database-content.js';
import { referencedBy, relationsWithForeignKeys } from '../relation-lists.js';
import type { BuiltIns, TypeFacts } from './built-ins.js';
import { sequenceName } from './sequence-name.js';

/** The role that owns what has no other owner, and that every client's role is a member of. */
export const ownerRole = 16383;
const superuser = 10;

const text = 25;
const anyRecord = 2249;
const anyArray = 2277;
const anyEnum = 3500;

type Facts = Omit<TypeFacts, 'operatorClass'>;

// OIDs of functions are those of pg_proc.
const array: Facts = {
  length: -1,
  byValue: false,
  alignment: 'i',
  storage: 'x',
  collation: 0,
  category: 'A',
  output: 751,
  send: 2401,
  delimiter: ',',
};
/** What pg_type says of row types, besides the operator class. */
export const compositeFacts: Facts = { ...array, alignment: 'd', category: 'C', output: 2291, send: 2403 };
const enumeration: Facts = {
  ...array,
  length: 4,
  byValue: true,
  storage: 'p',
  category: 'E',
  output: 3507,
  send: 3533,
};

/** What the rows of one object need to know of others. */
export class ContentContext {
  readonly builtIns: BuiltIns;
  readonly #types = new Map<number, TypeFacts>();
  // Made when something asks for them: most changes do not, and there may be many relations.
  readonly #relations: () => ReadonlyMap<number, RelationContent>;
  readonly #rowTypes: () => ReadonlyMap<number, TypeFacts>;
  readonly #referenced: () => ReadonlySet<number>;
  readonly #sequences = new Map<string, number>();
  /** Gives an OID of its own to what nobody names by OID. */
  readonly nextOid: () => number;
  /** Whether NOT NULL of columns is among the constraints, as from PostgreSQL 18 on. */
  readonly columnsHaveConstraints: boolean;
  /** Whether NOT NULL of domains is, as from PostgreSQL 17 on. */
  readonly domainsHaveConstraints: boolean;
  /** What pg_attribute.attstattarget has where nothing else is asked for: before PostgreSQL 17 it is not NULL. */
  readonly statisticsTarget: -1 | null;

  constructor(
    content: DatabaseContent,
    builtIns: BuiltIns,
    options: { readonly nextOid: () => number; readonly majorVersion: number },
  ) {
    this.nextOid = options.nextOid;
    const { majorVersion } = options;
    this.columnsHaveConstraints = majorVersion >= 18;
    this.domainsHaveConstraints = majorVersion >= 17;
    this.statisticsTarget = majorVersion < 17 ? -1 : null;
    this.builtIns = builtIns;
    const relations = (): readonly RelationContent[] => content.schemas.flatMap((schema) => schema.relations);
    this.#relations = once(() => new Map(relations().map((relation) => [relation.oid, relation])));
    this.#rowTypes = once(() => this.#factsOfRowTypes(relations()));
    this.#referenced = once(() => referencedRelations(content));
    const arrays = this.#classOf(anyArray);
    for (const schema of content.schemas) {
      for (const { oid, array: arrayOf } of schema.enums) {
        this.#types.set(oid, { ...enumeration, operatorClass: this.#classOf(anyEnum) });
        this.#types.set(arrayOf.oid, { ...array, operatorClass: arrays });
      }
      for (const { oid, name } of schema.sequences) this.#sequences.set(qualified(schema.name, name), oid);
    }
    // A domain may be over a type of any schema, and over another domain.
    for (const schema of content.schemas) {
      for (const { oid, array: arrayOf, baseTypeOid } of schema.domains) {
        const base = this.typeFacts(baseTypeOid);
        const alignment = base.alignment === 'd' ? 'd' : 'i';
        this.#types.set(oid, base);
        this.#types.set(arrayOf.oid, { ...array, alignment, collation: base.collation, operatorClass: arrays });
      }
    }
  }

  /** What pg_type says of a type; of one that is not there, what fits anything that varies in length. */
  typeFacts(oid: number): TypeFacts {
    const known = this.builtIns.types.get(oid) ?? this.#types.get(oid);
    return known ?? this.#rowTypes().get(oid) ?? this.builtIns.types.get(text)!;
  }

  /** Whether there is such a type. */
  hasType(oid: number): boolean {
    return this.builtIns.types.has(oid) || this.#types.has(oid) || this.#rowTypes().has(oid);
  }

  /** What an index names that is over a type which nothing compares: any other is an error to functions that print it. */
  get textOperatorClass(): number {
    return this.#classOf(text);
  }

  #factsOfRowTypes(relations: readonly RelationContent[]): ReadonlyMap<number, TypeFacts> {
    const row = { ...compositeFacts, operatorClass: this.#classOf(anyRecord) };
    const rows = { ...array, alignment: compositeFacts.alignment, operatorClass: this.#classOf(anyArray) };
    return new Map(
      relations.flatMap((relation) => [
        [relation.typeOid, row],
        [relation.array.oid, rows],
      ]),
    );
  }

  #classOf(oid: number): number {
    return this.builtIns.types.get(oid)?.operatorClass ?? 0;
  }

  /** The role that owns an object. The superuser is never it: nobody is a member of that. */
  ownerOid(owner: Owner): number {
    return owner === null || owner === superuser ? ownerRole : owner;
  }

  /** The index that makes columns of another relation unique, 0 if there is none. */
  uniqueIndexOver(relationOid: number, columns: readonly number[]): number {
    const wanted = [...columns].sort((a, b) => a - b).join();
    const index = this.#relations()
      .get(relationOid)
      ?.indexes.find((candidate) => candidate.unique && [...candidate.columns].sort((a, b) => a - b).join() === wanted);
    return index?.oid ?? 0;
  }

  /** Whether triggers of PostgreSQL's own would guard a foreign key of the relation, or one that refers to it. */
  hasForeignKeys(relation: RelationContent): boolean {
    return this.#referenced().has(relation.oid) || relation.constraints.some(({ kind }) => kind === 'foreignKey');
  }

  /** Whether the column is an identity column. */
  isIdentity(relationOid: number, column: number): boolean {
    return (this.#relations().get(relationOid)?.columns[column - 1]?.identity ?? null) !== null;
  }

  /** The sequence that a default of a relation in the schema takes its value from, 0 if there is none. */
  sequenceOfDefault(expression: string, schema: string): number {
    const written = sequenceName(expression);
    if (written === undefined) return 0;
    const schemas = written.schema === undefined ? [schema, 'public'] : [written.schema];
    return schemas.map((each) => this.#sequences.get(qualified(each, written.name))).find(Boolean) ?? 0;
  }
}

function referencedRelations({ schemas }: DatabaseContent): ReadonlySet<number> {
  return new Set(schemas.flatMap(({ relations }) => relationsWithForeignKeys(relations).flatMap(referencedBy)));
}

function once<T extends object>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

function qualified(schema: string, name: string): string {
  return JSON.stringify([schema, name]);
}
