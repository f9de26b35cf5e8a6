import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type Catalog, createCatalog } from '../src/index.js';
import { openShop, type Shop } from './shop.js';

// What Npgsql, DBeaver and DataGrip read when they connect and open a tree, in our words: which tables, columns and functions
// they use is known from what they are seen to send.

/** Where columns and rows are PostgreSQL's. */
const same: Readonly<Record<string, string>> = {
  'Npgsql: types, what they are made of, and of which kind': `
    SELECT n.nspname, t.oid, t.typname, t.typnotnull,
      CASE WHEN receive.proname = 'array_recv' THEN 'a' ELSE t.typtype END AS kind,
      CASE WHEN receive.proname = 'array_recv' THEN t.typelem WHEN t.typtype = 'r' THEN r.rngsubtype
        WHEN t.typtype = 'm' THEN (SELECT rngtypid FROM pg_range WHERE rngmultitypid = t.oid)
        WHEN t.typtype = 'd' THEN t.typbasetype END AS element
    FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace LEFT JOIN pg_proc receive ON receive.oid = t.typreceive
    LEFT JOIN pg_range r ON r.rngtypid = t.oid LEFT JOIN pg_class c ON c.oid = t.typrelid
    WHERE n.nspname IN ('pg_catalog', 'shop') AND (t.typtype IN ('b', 'r', 'm', 'e', 'd') OR t.typname IN ('record', 'void'))
      AND t.typname NOT LIKE '\\_%' ORDER BY 2`,
  'Npgsql: labels of enums': `
    SELECT t.oid, enumlabel FROM pg_enum JOIN pg_type t ON t.oid = enumtypid ORDER BY t.oid, enumsortorder`,
  'Npgsql: columns of composite types that stand alone': `
    SELECT t.oid, a.attname, a.atttypid FROM pg_type t JOIN pg_class c ON c.oid = t.typrelid
    JOIN pg_attribute a ON a.attrelid = c.oid WHERE c.relkind = 'c' AND a.attnum > 0 AND NOT a.attisdropped`,
  'DBeaver: a table with its partition key and comment': `
    SELECT c.oid, c.relname, d.description, pg_get_expr(c.relpartbound, c.oid) AS partition, pg_get_partkeydef(c.oid) AS partition_key,
      (SELECT array_agg(inhparent) FROM pg_inherits WHERE inhrelid = c.oid) AS parents
    FROM pg_class c LEFT JOIN pg_description d ON d.objoid = c.oid AND d.objsubid = 0 AND d.classoid = 'pg_class'::regclass
    WHERE c.relnamespace = 'shop'::regnamespace AND c.relkind NOT IN ('i', 'I', 'c')`,
  'DBeaver: columns with defaults, comments and who depends on them': `
    SELECT c.relname, a.attname, a.attnum, a.atttypid, a.atttypmod, a.attnotnull, a.attidentity, a.attgenerated,
      pg_get_expr(ad.adbin, ad.adrelid, true) AS default_value, d.description
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
    LEFT JOIN pg_attrdef ad ON ad.adrelid = c.oid AND ad.adnum = a.attnum
    LEFT JOIN pg_description d ON d.objoid = c.oid AND d.objsubid = a.attnum
    WHERE c.oid = 'shop.orders'::regclass AND a.attnum > 0 AND NOT a.attisdropped`,
  'DBeaver: constraints and the text of checks': `
    SELECT CASE WHEN c.contype <> 'n' THEN c.oid END AS oid, c.conname, c.contype, c.conkey, c.confkey, t.relname, r.relnamespace, substring(pg_get_constraintdef(c.oid), 7)
    FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid LEFT JOIN pg_class r ON r.oid = c.confrelid
    WHERE t.relnamespace = 'shop'::regnamespace ORDER BY c.conname`,
  'DBeaver: indexes, their size and use': `
    SELECT i.indexrelid, i.indkey AS keys, c.relname, pg_get_expr(i.indpred, i.indrelid) AS predicate,
      pg_get_expr(i.indexprs, i.indrelid, true) AS expression, pg_stat_get_numscans(i.indexrelid) AS scans
    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE i.indrelid = 'shop.orders'::regclass`,
  'DBeaver: rules, triggers and policies': `
    SELECT 'rule', rulename::text, pg_get_ruledef(oid) FROM pg_rewrite WHERE ev_class = 'shop.orders'::regclass AND rulename <> '_RETURN'
    UNION ALL SELECT 'trigger', tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE tgrelid = 'shop.lines'::regclass AND NOT tgisinternal
    UNION ALL SELECT 'policy', policyname, qual FROM pg_policies WHERE schemaname = 'shop'`,
  'DBeaver: the rules that make views': `
    SELECT rulename, pg_get_ruledef(r.oid) AS plain, pg_get_ruledef(r.oid, false) AS full
    FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class
    WHERE c.relnamespace = 'shop'::regnamespace ORDER BY c.relname`,
  'DBeaver: words of the language, encodings and tablespaces': `
    SELECT 'word', string_agg(word, ',' ORDER BY word) FROM pg_get_keywords() WHERE catcode = 'R'
    UNION ALL SELECT 'encoding', string_agg(DISTINCT pg_encoding_to_char(contoencoding)::text, ',') FROM pg_conversion
    UNION ALL SELECT spcname, pg_tablespace_location(oid) FROM pg_tablespace`,
  'DataGrip: kinds of all objects of a schema': `
    SELECT oid, relnamespace, translate(relkind::text, 'rmvpfS', 'rmvrfS') AS kind FROM pg_class
    WHERE relnamespace = 'shop'::regnamespace AND relkind IN ('r', 'm', 'v', 'p', 'f', 'S')
    UNION ALL SELECT oid, typnamespace, 'T' FROM pg_type WHERE typnamespace = 'shop'::regnamespace AND typtype IN ('d', 'e')`,
  'DataGrip: foreign data, event triggers and mappings': `
    SELECT 'wrapper', w.fdwname::text, h.proname::text FROM pg_foreign_data_wrapper w LEFT JOIN pg_proc h ON h.oid = w.fdwhandler
    UNION ALL SELECT 'server', srvname, srvtype FROM pg_foreign_server
    UNION ALL SELECT 'trigger', evtname, evtevent::text FROM pg_event_trigger
    UNION ALL SELECT 'method', amname, amhandler::text FROM pg_am`,
  'DataGrip: locks held by transactions': `
    SELECT transactionid::varchar::bigint FROM pg_locks WHERE transactionid IS NOT NULL ORDER BY age(transactionid) DESC LIMIT 1`,
  'DataGrip: what is newer than a transaction': `
    SELECT count(*) FROM pg_class WHERE relnamespace = 'shop'::regnamespace AND age(xmin) <= coalesce(nullif(greatest(age('3'::xid), -1), -1), 2147483647)`,
};

/** Where the rows are this server's: what counts is that there is an answer of the same columns. */
const answered: Readonly<Record<string, string>> = {
  'DBeaver: everything of a table and its sizes': `
    SELECT c.oid, c.*, pg_total_relation_size(c.oid) AS total, pg_relation_size(c.oid) AS own FROM pg_class c WHERE c.relname = 'orders'`,
  'DBeaver: everything of the databases, roles and settings': `
    SELECT d.oid, d.*, r.*, s.description FROM pg_database d JOIN pg_roles r ON r.oid = d.datdba
    LEFT JOIN pg_shdescription s ON s.objoid = d.oid WHERE d.datname = current_database()`,
  'DataGrip: the state of each object': `
    SELECT n.xmin AS namespace, c.xmin AS relation, a.xmin AS attribute, t.xmin AS type FROM pg_namespace n
    JOIN pg_class c ON c.relnamespace = n.oid JOIN pg_attribute a ON a.attrelid = c.oid JOIN pg_type t ON t.oid = a.atttypid
    WHERE c.relname = 'orders' LIMIT 1`,
  'DataGrip: the number of the transaction': `
    SELECT CASE WHEN pg_is_in_recovery() THEN NULL ELSE (txid_current() % 4294967296)::varchar::bigint END AS current_txid`,
  'DataGrip: extensions and their updates': `
    SELECT e.oid, e.xmin, extname, extversion, nspname, array(SELECT v.version FROM pg_available_extension_versions() v WHERE v.name = e.extname)
    FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace`,
  'DataGrip: names of time zones': `
    SELECT name, is_dst FROM pg_timezone_names UNION SELECT abbrev, is_dst FROM pg_timezone_abbrevs LIMIT 3`,
  'DataGrip: when the server began': `
    SELECT round(extract(epoch FROM pg_postmaster_start_time() AT TIME ZONE 'UTC')) AS began`,
};

let shop: Shop;
let catalog: Catalog;

beforeAll(async () => {
  shop = await openShop(inject('oracle'));
  catalog = createCatalog({ content: async () => shop.content });
});

afterAll(async () => {
  await catalog?.close();
  await shop?.[Symbol.asyncDispose]();
});

interface Answer {
  readonly columns: readonly (readonly [name: string, typeOid: number])[];
  readonly rows: readonly (readonly unknown[])[];
}

async function theirs(text: string): Promise<Answer> {
  const types = { getTypeParser: () => (value: unknown) => value };
  const { fields, rows } = await shop.client.query<unknown[]>({ text, rowMode: 'array', types });
  return { columns: fields.map(({ name, dataTypeID }) => [name, dataTypeID]), rows: sorted(rows) };
}

async function ours(sql: string): Promise<Answer> {
  const { user, database } = shop;
  const facts = { transactionId: 1000n, started: new Date().toISOString() };
  const result = await catalog.query(sql, [], { user, database, facts });
  return {
    columns: (result.fields ?? []).map(({ name, typeOid }) => [name, typeOid]),
    rows: sorted(result.textRows()),
  };
}

const sorted = (rows: readonly (readonly unknown[])[]) => [...rows].sort((a, b) => (String(a) < String(b) ? -1 : 1));

test.each(Object.entries(same))('%s', async (_, sql) => {
  expect(await ours(sql)).toEqual(await theirs(sql));
});

test.each(Object.entries(answered))('%s', async (_, sql) => {
  const [our, their] = [await ours(sql), await theirs(sql)];
  expect(our.columns).toEqual(their.columns);
  expect(our.rows.length).toBe(their.rows.length);
});
