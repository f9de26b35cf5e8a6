/** What is asked where `public` is the schema that names are looked up in. */
const inPublic = [
  '\\l \\l+ \\dn \\dn+ \\dnS \\d \\d+ \\dt \\dt+ \\dv \\dm \\di \\di+ \\ds \\dE \\df \\df+ \\du \\du+ \\dg \\dT \\dT+ \\dx \\dx+',
  '\\dD \\dD+ \\dp \\z \\dd \\dc \\do \\dO \\da \\dA \\dA+ \\db \\ddp \\dew \\des \\det \\deu \\dFp \\dFt \\dL \\dL+ \\dl \\lo_list',
  '\\dP \\dRp \\dRp+ \\dRs \\dX \\dy \\drds \\encoding \\c \\dconfig',
].flatMap((line) => line.split(' '));

const relations = ['customers', 'orders', 'lines', 'v_orders', 'mv', 'counter', 'orders_cust', 'orders_pkey'];

const about = [
  ...relations.flatMap((name) => [`\\d shop.${name}`, `\\d+ shop.${name}`]),
  ...['\\d users', '\\d+ users', '\\d shop.*', '\\d shop.lines_line_seq', '\\d shop.orders_*', '\\d "shop"."orders"'],
  ...[
    '\\dt shop.*',
    '\\dt *.orders',
    '\\dt shop.o?d*',
    '\\dtvms+ shop.*',
    '\\di+ shop.*',
    '\\dv+ shop.*',
    '\\dm+ shop.*',
  ],
  ...[
    '\\dT shop.*',
    '\\dT+ shop.mood',
    '\\dT+ shop.postcode',
    '\\dT int4',
    '\\dD shop.*',
    '\\dd shop.*',
    '\\z shop.orders',
  ],
  ...['\\dn s*', '\\dn+ shop', '\\df pg_catalog.abs', '\\do+ pg_catalog.||', '\\dcS *utf8*', '\\dOS+ C'],
  ...['\\dAc btree int*', '\\dAf btree', '\\dAo btree int4_ops', '\\dAp btree int4_ops', '\\dF+ english'],
  ...['\\dconfig search_path', '\\dconfig+ work_mem', '\\sv shop.v_orders', '\\sv+ shop.v_orders', '\\sv shop.mv'],
  ...['\\sf pg_catalog.abs(int)', '\\sf+ pg_catalog.to_timestamp(double precision)'],
  ...['\\d nope', '\\sv nope', '\\l nope', '\\dt nope', '\\d shop.v_orders shop.orders'],
  ...[
    '\\d pg_class',
    '\\d+ pg_stat_activity',
    '\\dt pg_catalog.pg_n*',
    '\\dt pg_catalog.pg_co*',
    '\\df+ pg_catalog.version',
  ],
  ...['\\dTS num*', '\\d information_schema.tables', '\\da pg_catalog.max'],
  `SELECT oid, relname FROM pg_class WHERE relnamespace = 'shop'::regnamespace \\gdesc`,
  `SELECT 'shop.orders'::regclass, 'happy'::shop.mood, '{ok}'::shop.mood[], 'a'::shop.postcode \\gdesc`,
  'SELECT * FROM pg_type \\gdesc',
];

const inShop = [
  '\\d',
  '\\dt',
  '\\d orders',
  '\\d+ customers',
  '\\d lines',
  '\\d+ v_orders',
  '\\dT mood',
  '\\dD',
  '\\d mv',
];

/** What psql is asked, one command each, in this order. */
export const psqlCommands: readonly string[] = [
  ...inPublic,
  ...about,
  'SET search_path TO shop, public;',
  // Their own texts: a map has each once.
  ...inShop.map((command) => `${command} \\echo in the search path`),
];

const ofEighteen = 'the catalog behind is that of PostgreSQL 18';

/** Commands whose answers differ, and why. */
export const psqlDifferences: Readonly<Record<string, string>> = {
  '\\dconfig': 'settings are those of this server',
  '\\d pg_class': ofEighteen,
  '\\dTS num*': ofEighteen,
  '\\da pg_catalog.max': ofEighteen,
  '\\dt pg_catalog.pg_co*': 'pg_collation is a view here, with the columns that PostgreSQL 15 has',
  '\\d+ pg_stat_activity': 'views over databases and roles read those that the source reports',
  '\\df+ pg_catalog.version': 'the function is another one: it gives the version that the server was started with',
  '\\d lines \\echo in the search path': 'defaults are shown as the source wrote them, whatever the search path is',
  '\\d+ v_orders \\echo in the search path': 'views are shown as the source wrote them, whatever the search path is',
};

/** What every answer may have other than PostgreSQL, and why. */
const rewrites: readonly { readonly pattern: RegExp; readonly replacement: string }[] = [
  // The superuser is not the user's: it has a name that no source has.
  { pattern: /\bpg_riffq\b/g, replacement: 'postgres' },
  // Nothing is stored here.
  { pattern: /\|\d+ (bytes|kB)\|/g, replacement: '|size|' },
  // Only the source's databases and roles are here, so there are fewer rows.
  { pattern: /^(postgres|template[01])\|.*\n(postgres=.*\n)?/gm, replacement: '' },
  { pattern: /^\(\d+ rows?\)\n/gm, replacement: '' },
  { pattern: /\|C\.UTF-8\|/g, replacement: '|C|' },
];

/** An answer without what is let differ everywhere. */
export function comparable(answer: string | undefined): string | undefined {
  return rewrites.reduce((text, { pattern, replacement }) => text?.replace(pattern, replacement), answer);
}
