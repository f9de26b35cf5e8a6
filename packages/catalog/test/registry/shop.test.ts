import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { CatalogRegistry, type ColumnRegistration, type DatabaseContent } from '../../src/index.js';
import { askOracle } from '../oracle.js';

/** A column: its name, its type, and whether it may be NULL. */
const column = (name: string, type: string, nullable = true): ColumnRegistration => ({ name, type, nullable });

/** What `test/corpus/schema.sql` makes, registered. */
function shop(): CatalogRegistry {
  const registry = new CatalogRegistry();
  registry.registerDatabase('shop');
  registry.registerSchema('shop', 'shop');
  const register = registry.registerTable.bind(registry, 'shop');
  register(
    'shop',
    'customers',
    [
      column('id', 'integer'),
      column('name', 'text', false),
      column('email', 'varchar(100)'),
      { ...column('created', 'timestamptz'), default: 'now()' },
    ],
    { primaryKey: ['id'], unique: [['email']] },
  );
  register(
    'shop',
    'orders',
    [
      column('id', 'bigint', false),
      column('customer_id', 'integer', false),
      { ...column('price', 'numeric(10,2)'), comment: 'the price' },
      column('code', 'varchar(20)'),
      ...[
        column('ok', 'bool'),
        column('d', 'date'),
        column('ts', 'datetime'),
        column('u', 'uuid'),
        column('j', 'jsonb'),
      ],
      column('tags', 'text[]'),
    ],
    {
      comment: 'the orders',
      primaryKey: ['id'],
      foreignKeys: [{ columns: ['customer_id'], references: { relation: 'customers' }, onDelete: 'cascade' }],
      indexes: [{ name: 'orders_cust', columns: ['customer_id'] }],
    },
  );
  register('shop', 'v_orders', [column('id', 'int'), column('price', 'numeric(10,2)')], { kind: 'view' });
  register('shop', 'mv', [column('one', 'integer')], { kind: 'materialized_view' });
  register('public', 'users', [column('id', 'integer', false), column('name', 'text')], { primaryKey: ['id'] });
  return registry;
}

const kinds = { table: 'r', view: 'v', materializedView: 'm' } as const;
const actions = { noAction: 'a', restrict: 'r', cascade: 'c', setNull: 'n', setDefault: 'd' } as const;

/** A content in the shape of the question below. */
function asRows({ schemas }: DatabaseContent): readonly unknown[] {
  const names = new Map(schemas.flatMap(({ relations }) => relations.map(({ oid, name }) => [oid, name])));
  return schemas.flatMap((schema) =>
    schema.relations.map((relation) => ({
      schema: schema.name,
      name: relation.name,
      kind: kinds[relation.kind],
      comment: relation.comment,
      columns: relation.columns.map((each) => [
        each.name,
        each.typeOid,
        each.typeModifier,
        !each.nullable,
        each.default,
        each.comment,
      ]),
      indexes: relation.indexes.map((each) => [each.name, each.columns, each.unique, each.primary]).sort(),
      constraints: relation.constraints
        .map((each) => {
          if (each.kind === 'foreignKey') {
            const referenced = names.get(each.referencedRelationOid);
            return [each.name, 'f', each.columns, referenced, each.referencedColumns, actions[each.onDelete]];
          }
          return [each.name, each.kind === 'primaryKey' ? 'p' : 'u', each.columns, null, null, ' '];
        })
        .sort(),
    })),
  );
}

test('a schema that is registered has what PostgreSQL has of it', async () => {
  const sql = readFileSync(new URL('../corpus/schema.sql', import.meta.url), 'utf8');
  const made = sql
    .split(';')
    .filter((statement) => /^\s*(?:create (?:schema|table|view|mat|index)|comment)/.test(statement));
  // Never committed: the session ends with the question.
  const rows = await askOracle(`begin; ${made.join(';')};
    select n.nspname as schema, c.relname as name, c.relkind as kind, obj_description(c.oid, 'pg_class') as comment,
      (select json_agg(json_build_array(attname, atttypid::int, atttypmod, attnotnull, pg_get_expr(adbin, adrelid),
          col_description(c.oid, attnum)) order by attnum)
        from pg_attribute left join pg_attrdef on adrelid = attrelid and adnum = attnum
        where attrelid = c.oid and attnum > 0) as columns,
      (select coalesce(json_agg(json_build_array(relname, indkey::int2[], indisunique, indisprimary) order by relname), '[]')
        from pg_index join pg_class i on i.oid = indexrelid where indrelid = c.oid) as indexes,
      (select coalesce(json_agg(json_build_array(conname, contype, conkey, f.relname, confkey, confdeltype) order by conname), '[]')
        from pg_constraint left join pg_class f on f.oid = confrelid where conrelid = c.oid and contype <> 'n') as constraints
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where (n.nspname = 'shop' or (n.nspname = 'public' and c.relname = 'users')) and c.relkind in ('r', 'v', 'm')
    order by n.nspname collate "C", c.relname collate "C"`);
  expect(asRows(await shop().content('shop'))).toEqual(rows);
});
