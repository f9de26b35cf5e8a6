import type { Client } from 'pg';
import type {
  ConstraintContent,
  DatabaseContent,
  ReferentialAction,
  RelationContent,
  SchemaContent,
} from '../src/index.js';

const action = `CASE %s WHEN 'a' THEN 'noAction' WHEN 'r' THEN 'restrict' WHEN 'c' THEN 'cascade' WHEN 'n' THEN 'setNull' WHEN 'd' THEN 'setDefault' END`;
const comment = (catalog: string, oid = 'oid') => `'comment', obj_description(${oid}, '${catalog}')`;
const list = (select: string) => `coalesce((SELECT json_agg(x.item) FROM (${select}) AS x), '[]')`;

const array = (oid: string) =>
  `(SELECT json_build_object('oid', oid::bigint, 'name', typname) FROM pg_type WHERE typelem = ${oid} AND typsubscript = 6179)`;

const columns = list(`
  SELECT json_build_object('name', a.attname, 'typeOid', a.atttypid::bigint, 'typeModifier', a.atttypmod,
    'nullable', NOT a.attnotnull, 'default', pg_get_expr(d.adbin, d.adrelid), 'generated', a.attgenerated <> '',
    'identity', CASE a.attidentity WHEN 'a' THEN 'always' WHEN 'd' THEN 'byDefault' END,
    'comment', col_description(a.attrelid, a.attnum)) AS item
  FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
  WHERE a.attrelid = c.oid AND a.attnum > 0 ORDER BY a.attnum`);

const indexes = list(`
  SELECT json_build_object('oid', ic.oid::bigint, 'name', ic.relname, 'columns', i.indkey::int2[], 'unique', i.indisunique,
    'primary', i.indisprimary, ${comment('pg_class', 'ic.oid')}) AS item
  FROM pg_index i JOIN pg_class ic ON ic.oid = i.indexrelid WHERE i.indrelid = c.oid ORDER BY ic.oid`);

const constraints = list(`
  SELECT json_build_object('oid', k.oid::bigint, 'name', k.conname, 'kind',
    CASE k.contype WHEN 'p' THEN 'primaryKey' WHEN 'u' THEN 'unique' WHEN 'f' THEN 'foreignKey' ELSE 'check' END,
    'columns', k.conkey, 'indexOid', k.conindid::bigint, 'referencedRelationOid', k.confrelid::bigint,
    'referencedColumns', k.confkey, 'onDelete', ${action.replace('%s', 'k.confdeltype')},
    'onUpdate', ${action.replace('%s', 'k.confupdtype')}, 'expression', pg_get_expr(k.conbin, k.conrelid),
    ${comment('pg_constraint', 'k.oid')}) AS item
  FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype IN ('p', 'u', 'f', 'c') ORDER BY k.oid`);

const relations = list(`
  SELECT json_build_object('oid', c.oid::bigint, 'typeOid', c.reltype::bigint, 'name', c.relname,
    'array', ${array('c.reltype')}, 'sequences', '[]'::json,
    'notNullOids', (SELECT coalesce(json_agg(oid::bigint ORDER BY conkey[1]), '[]') FROM pg_constraint WHERE conrelid = c.oid AND contype = 'n'),
    'defaultOids', (SELECT coalesce(json_agg(oid::bigint ORDER BY adnum), '[]') FROM pg_attrdef WHERE adrelid = c.oid),
    'kind', CASE c.relkind WHEN 'r' THEN 'table' WHEN 'v' THEN 'view' ELSE 'materializedView' END,
    'owner', NULL, ${comment('pg_class', 'c.oid')}, 'hasRules', false, 'hasTriggers', false,
    'rowSecurity', c.relrowsecurity, 'rowEstimate', nullif(c.reltuples, -1),
    'definition', CASE WHEN c.relkind <> 'r' THEN pg_get_viewdef(c.oid) END,
    'columns', ${columns}, 'indexes', ${indexes}, 'constraints', ${constraints}) AS item
  FROM pg_class c WHERE c.relnamespace = n.oid AND c.relkind IN ('r', 'v', 'm') ORDER BY c.oid`);

const enums = list(`
  SELECT json_build_object('oid', t.oid::bigint, 'array', ${array('t.oid')}, 'name', t.typname, ${comment('pg_type', 't.oid')},
    'labels', (SELECT json_agg(enumlabel ORDER BY enumsortorder) FROM pg_enum WHERE enumtypid = t.oid),
    'labelOids', (SELECT json_agg(oid::bigint ORDER BY enumsortorder) FROM pg_enum WHERE enumtypid = t.oid)) AS item
  FROM pg_type t WHERE t.typnamespace = n.oid AND t.typtype = 'e' ORDER BY t.oid`);

const domains = list(`
  SELECT json_build_object('oid', t.oid::bigint, 'array', ${array('t.oid')}, 'name', t.typname, ${comment('pg_type', 't.oid')},
    'baseTypeOid', t.typbasetype::bigint, 'typeModifier', t.typtypmod, 'nullable', NOT t.typnotnull,
    'notNullOid', (SELECT oid::bigint FROM pg_constraint WHERE contypid = t.oid AND contype = 'n')) AS item
  FROM pg_type t WHERE t.typnamespace = n.oid AND t.typtype = 'd' ORDER BY t.oid`);

const sequences = list(`
  SELECT json_build_object('oid', c.oid::bigint, 'name', c.relname, 'typeOid', s.seqtypid::bigint, 'start', s.seqstart::text,
    'increment', s.seqincrement::text, 'minimum', s.seqmin::text, 'maximum', s.seqmax::text, 'cycle', s.seqcycle,
    'ownedBy', (SELECT json_build_object('relationOid', refobjid::bigint, 'column', refobjsubid) FROM pg_depend
      WHERE objid = c.oid AND classid = 'pg_class'::regclass AND deptype IN ('a', 'i') AND refobjsubid > 0)) AS item
  FROM pg_class c JOIN pg_sequence s ON s.seqrelid = c.oid WHERE c.relnamespace = n.oid ORDER BY c.oid`);

const schemas = list(`
  SELECT json_build_object('oid', n.oid::bigint, 'name', n.nspname, 'owner', NULL,
    ${comment('pg_namespace', 'n.oid')}, 'relations', ${relations}, 'enums', ${enums}, 'domains', ${domains}, 'sequences', ${sequences}) AS item
  FROM pg_namespace n WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' ORDER BY n.oid`);

const databases = list(`
  SELECT json_build_object('oid', oid::bigint, 'name', datname, 'owner', NULL) AS item FROM pg_database
  WHERE datname = current_database()`);

interface Raw {
  readonly databases: DatabaseContent['databases'];
  readonly schemas: readonly (Omit<SchemaContent, 'relations' | 'sequences'> & {
    readonly relations: readonly (Omit<RelationContent, 'constraints' | 'hasIndex'> & {
      readonly constraints: readonly RawConstraint[];
    })[];
    readonly sequences: readonly RawSequence[];
  })[];
}

interface RawConstraint {
  readonly oid: number;
  readonly name: string;
  readonly kind: ConstraintContent['kind'];
  readonly columns: readonly number[];
  readonly indexOid: number;
  readonly referencedRelationOid: number;
  readonly referencedColumns: readonly number[];
  readonly onDelete: ReferentialAction;
  readonly onUpdate: ReferentialAction;
  readonly expression: string;
  readonly comment: string | null;
}

type Sequence = SchemaContent['sequences'][number];
type RawSequence = { readonly [Key in keyof Sequence]: Sequence[Key] extends bigint ? string : Sequence[Key] };

/** What a real PostgreSQL has in a database, as a source would report it: same names, same OIDs. */
export async function contentFromPostgres(client: Client, database: string): Promise<DatabaseContent> {
  const query = `SELECT json_build_object('databases', ${databases}, 'schemas', ${schemas}) AS content`;
  const raw: Raw = (await client.query<{ content: Raw }>(query)).rows[0]!.content;
  return {
    name: database,
    databases: raw.databases,
    config: [],
    settings: [],
    schemas: raw.schemas.map((schema) => ({
      ...schema,
      relations: schema.relations.map((relation) => ({
        ...relation,
        hasIndex: undefined,
        constraints: relation.constraints.map(constraintOf),
      })),
      sequences: schema.sequences.map((sequence) => ({
        ...sequence,
        start: BigInt(sequence.start),
        increment: BigInt(sequence.increment),
        minimum: BigInt(sequence.minimum),
        maximum: BigInt(sequence.maximum),
      })),
    })),
  };
}

function constraintOf(raw: RawConstraint): ConstraintContent {
  const { oid, name, comment, kind, columns } = raw;
  switch (kind) {
    case 'primaryKey':
    case 'unique':
      return { oid, name, comment, kind, columns, indexOid: raw.indexOid };
    case 'check':
      // pg_get_expr puts one pair of parentheses around what pg_get_constraintdef puts two around.
      return { oid, name, comment, kind, columns, expression: raw.expression.replace(/^\((.*)\)$/s, '$1') };
    case 'foreignKey': {
      const { referencedRelationOid, referencedColumns, onDelete, onUpdate } = raw;
      return { oid, name, comment, kind, columns, referencedRelationOid, referencedColumns, onDelete, onUpdate };
    }
  }
}
