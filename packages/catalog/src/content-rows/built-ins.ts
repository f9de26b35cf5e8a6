import { readFileSync } from 'node:fs';
import { engineFile } from '../engine-files.js';

/** What pg_type says of a type, as far as columns, arrays and domains of it need that. */
export interface TypeFacts {
  readonly length: number;
  readonly byValue: boolean;
  readonly alignment: string;
  readonly storage: string;
  readonly collation: number;
  readonly category: string;
  readonly output: number;
  readonly send: number;
  readonly delimiter: string;
  /** The operator class of B-trees over it, 0 if it has none. */
  readonly operatorClass: number;
}

/** What the image has before a source adds to it. */
export interface BuiltIns {
  readonly types: ReadonlyMap<number, TypeFacts>;
  /** Names by OID, for errors; with the schema where there is one. */
  readonly names: Readonly<Record<'type' | 'relation' | 'schema' | 'constraint', ReadonlyMap<number, string>>>;
  /** OIDs of the schemas by name. */
  readonly schemas: ReadonlyMap<string, number>;
  /** OIDs of the relations by name, with the schema. */
  readonly relations: ReadonlyMap<string, number>;
  /** The same of the types. */
  readonly typeOids: ReadonlyMap<string, number>;
  readonly roles: ReadonlySet<number>;
  readonly roleNames: ReadonlySet<string>;
}

type TypeRow = readonly [
  oid: number,
  name: string,
  length: number,
  byValue: boolean,
  alignment: string,
  storage: string,
  collation: number,
  category: string,
  output: number,
  send: number,
  delimiter: string,
  operatorClass: number,
];
type NameRow = readonly [oid: number, name: string];

let loaded: BuiltIns | undefined;

/** Reads the file that was made with the image, once. */
export async function builtIns(): Promise<BuiltIns> {
  return builtInsNow();
}

/** The same, for who cannot wait. */
export function builtInsNow(): BuiltIns {
  loaded ??= load();
  return loaded;
}

function load(): BuiltIns {
  const facts: {
    readonly types: readonly TypeRow[];
    readonly relations: readonly NameRow[];
    readonly schemas: readonly NameRow[];
    readonly constraints: readonly NameRow[];
    readonly roles: readonly NameRow[];
  } = JSON.parse(readFileSync(engineFile('built-ins.json'), 'utf8'));
  return {
    types: new Map(facts.types.map((row) => [row[0], typeFacts(row)])),
    names: {
      type: new Map(facts.types.map(([oid, name]) => [oid, name])),
      relation: new Map(facts.relations),
      schema: new Map(facts.schemas),
      constraint: new Map(facts.constraints),
    },
    schemas: new Map(facts.schemas.map(([oid, name]) => [name, oid])),
    relations: new Map(facts.relations.map(([oid, name]) => [name, oid])),
    typeOids: new Map(facts.types.map(([oid, name]) => [name, oid])),
    roles: new Set(facts.roles.map(([oid]) => oid)),
    roleNames: new Set(facts.roles.map(([, name]) => name)),
  };
}

function typeFacts(row: TypeRow): TypeFacts {
  const [, , length, byValue, alignment, storage, collation, category, output, send, delimiter, operatorClass] = row;
  return { length, byValue, alignment, storage, collation, category, output, send, delimiter, operatorClass };
}
