/** Statements of the corpus that are not the catalog's: over tables of the user, constants, what the session answers. */
export const handlerStatements: ReadonlySet<string> = new Set([
  'adbc/026_show_server_version_num.sql',
  'asyncpg/005_shop_orders.sql',
  'django/007_customers.sql',
  'django/008_lines.sql',
  'django/009_mv.sql',
  'django/010_orders.sql',
  'django/011_users.sql',
  'django/012_v_orders.sql',
  'pgcli/001_select_1.sql',
  'pgjdbc/029_transaction.sql',
  'pgjdbc/030_shop_orders.sql',
  'postgresjs/002_select_1_int4.sql',
  'psycopg3/001_savepoint__pg3_1.sql',
  'psycopg3/003_release__pg3_1.sql',
  'sequelize/002_select_1_1_as_result.sql',
  'sequelize/011_show_server_version.sql',
  'sqlalchemy/003_transaction.sql',
  'sqlalchemy/004_standard_conforming_strings.sql',
  'sqlalchemy/005_savepoint__pg3_1.sql',
  'sqlalchemy/007_release__pg3_1.sql',
]);

/** Statements that PostgreSQL 15 answers and 18 does not: columns have other names. Their rows are in `legacy.test.ts`. */
export const onlyInOlder: readonly string[] = [
  'psql15/001_pg_catalog_pg_database.sql',
  'psql15/002_pg_catalog_pg_database.sql',
  'psql15/033_pg_catalog_pg_collation.sql',
];

/** Statements that PostgreSQL answers to superusers alone. */
export const onlyForSuperusers: readonly string[] = ['pg_dump15/043_pg_subscription.sql'];
