import { randomBytes } from 'node:crypto';
import pg from 'pg';
import type { DatabaseContent } from '../src/index.js';
import { contentFromPostgres } from './content-from-postgres.js';

/** What the tests browse: one of everything that a source can report. */
const ddl = `
  CREATE SCHEMA shop;
  CREATE TYPE shop.mood AS ENUM ('sad', 'ok', 'happy');
  COMMENT ON TYPE shop.mood IS 'how it feels';
  CREATE DOMAIN shop.postcode AS varchar(10) NOT NULL;
  CREATE TABLE shop.customers (id integer PRIMARY KEY, name text NOT NULL, email varchar(100) UNIQUE,
    created timestamptz DEFAULT now(), mood shop.mood, home shop.postcode, moods shop.mood[]);
  CREATE TABLE shop.orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    customer_id integer NOT NULL REFERENCES shop.customers (id) ON DELETE CASCADE, price numeric(10,2) DEFAULT 0.5,
    code varchar(20), ok boolean, d date, ts timestamp, u uuid, j jsonb, tags text[],
    total integer GENERATED ALWAYS AS (abs(customer_id)) STORED, CONSTRAINT positive CHECK (customer_id > 0));
  CREATE TABLE shop.lines (order_id bigint, line smallserial, note text, PRIMARY KEY (order_id, line));
  CREATE VIEW shop.v_orders AS SELECT id, price FROM shop.orders;
  CREATE MATERIALIZED VIEW shop.mv AS SELECT 1 AS one;
  CREATE TABLE public.users (id integer PRIMARY KEY, name text);
  CREATE SEQUENCE shop.counter AS integer START 5 INCREMENT 5 MAXVALUE 1000 CYCLE;
  COMMENT ON SCHEMA shop IS 'the shop';
  COMMENT ON TABLE shop.orders IS E'the orders\\nwith \\\\ and \\t';
  COMMENT ON COLUMN shop.orders.price IS 'the price';
  COMMENT ON CONSTRAINT orders_pkey ON shop.orders IS 'the key';
  COMMENT ON CONSTRAINT positive ON shop.orders IS 'not below zero';
  CREATE INDEX orders_cust ON shop.orders (customer_id, code);
  COMMENT ON INDEX shop.orders_cust IS 'who ordered';
`;

/**
 * As a build of PostgreSQL without ICU, whose administrator lets everybody read pg_config: a source says what is in it. Nobody
 * can report the OIDs of rules, so they are those of the views.
 */
const likeTheEngine = `
  SET allow_system_table_mods = on;
  DELETE FROM pg_description WHERE classoid = 'pg_collation'::regclass
    AND objoid IN (SELECT oid FROM pg_collation WHERE collprovider = 'i' AND collname NOT IN ('unicode', 'und-x-icu'));
  DELETE FROM pg_collation WHERE collprovider = 'i' AND collname NOT IN ('unicode', 'und-x-icu');
  GRANT SELECT ON pg_config TO PUBLIC;
  GRANT EXECUTE ON FUNCTION pg_config() TO PUBLIC;
  UPDATE pg_init_privs SET initprivs = relacl FROM pg_class WHERE classoid = 'pg_class'::regclass AND objoid = oid
    AND objsubid = 0 AND relname = 'pg_config';
  UPDATE pg_init_privs SET initprivs = proacl FROM pg_proc WHERE classoid = 'pg_proc'::regclass AND objoid = oid
    AND proname = 'pg_config';
  UPDATE pg_depend SET objid = ev_class FROM pg_rewrite WHERE classid = 'pg_rewrite'::regclass AND objid = oid AND oid >= 16384;
  UPDATE pg_rewrite SET oid = ev_class WHERE oid >= 16384;
`;

/** A database of the real PostgreSQL with a small shop in it, and what a source would report of it. */
export interface Shop extends AsyncDisposable {
  readonly database: string;
  readonly user: string;
  /** Connected as a role that is a member of the owner, as a client's role is in the catalog. */
  readonly client: pg.Client;
  readonly content: DatabaseContent;
}

/** Makes the shop in the oracle, and has that resemble the engine unless what is asked is where they differ. */
export async function openShop(oracle: pg.ClientConfig, options = { likeTheEngine: true }): Promise<Shop> {
  const suffix = randomBytes(4).toString('hex');
  const [database, user] = [`shop_${suffix}`, `buyer_${suffix}`];
  const admin = await connect(oracle);
  await admin.query(`DO $$ BEGIN CREATE ROLE riffq NOLOGIN IN ROLE pg_read_all_settings;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$`);
  await admin.query(`CREATE ROLE ${user} LOGIN PASSWORD 'secret' IN ROLE riffq`);
  await admin.query(`CREATE DATABASE ${database} OWNER riffq TEMPLATE template0 LC_CTYPE 'C.UTF-8'`);
  const owner = await connect({ ...oracle, database });
  await owner.query(`ALTER SCHEMA public OWNER TO riffq; SET ROLE riffq; ${ddl}`);
  await owner.query(`RESET ROLE; ${options.likeTheEngine ? likeTheEngine : ''}`);
  const content = await contentFromPostgres(owner, database);
  await owner.end();
  const client = await connect({ ...oracle, database, user, password: 'secret' });
  return {
    database,
    user,
    client,
    content,
    async [Symbol.asyncDispose]() {
      await client.end();
      await admin.query(`DROP DATABASE ${database}`);
      await admin.query(`DROP ROLE ${user}`);
      await admin.end();
    },
  };
}

async function connect(config: pg.ClientConfig): Promise<pg.Client> {
  const client = new pg.Client(config);
  await client.connect();
  return client;
}
