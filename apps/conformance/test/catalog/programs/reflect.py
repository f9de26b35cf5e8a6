"""What tools of Python find out about a schema, as JSON: one line for each question."""

import asyncio
import json
import sys

import asyncpg
import pandas
import psycopg
import psycopg.types.composite
import psycopg.types.enum
import sqlalchemy
from sqlalchemy.engine.reflection import ObjectKind

host, port, user, password, database = sys.argv[1:]
url = sqlalchemy.URL.create("postgresql+psycopg", user, password, host, int(port), database)
engine = sqlalchemy.create_engine(url)


def answer(question, value):
    print(json.dumps([question, value], default=repr), flush=True)


def listed(dictionary):
    """Keys are pairs of schema and name, which JSON has not."""
    return sorted([list(key), value] for key, value in dictionary.items())


def reflect(inspector):
    answer("get_schema_names", inspector.get_schema_names())
    answer("default_schema_name", inspector.default_schema_name)
    answer("get_enums", inspector.get_enums(schema="shop"))
    answer("get_domains", inspector.get_domains(schema="shop"))
    for name in ["table", "view", "materialized_view", "sequence", "temp_table"]:
        schema = [] if name == "temp_table" else ["shop"]
        answer(f"get_{name}_names", sorted(getattr(inspector, f"get_{name}_names")(*schema)))
    answer("get_sorted_table_and_fkc_names", inspector.get_sorted_table_and_fkc_names("shop"))
    for about in ["columns", "pk_constraint", "foreign_keys", "indexes", "unique_constraints", "check_constraints"]:
        found = getattr(inspector, f"get_multi_{about}")("shop", kind=ObjectKind.ANY)
        answer(about, listed(found))
    answer("comments", listed(inspector.get_multi_table_comment("shop")))
    answer("table_oid", inspector.get_table_oid("orders", "shop"))
    answer("has_table", [inspector.has_table(name, "shop") for name in ["orders", "v_orders", "nope"]])
    answer("view_definition", inspector.get_view_definition("v_orders", "shop"))


def ask_pandas():
    with engine.connect() as connection:
        # Whether a view can be written to, its source does not say.
        where = "table_schema = 'shop' AND table_name <> 'v_orders' ORDER BY table_name, ordinal_position"
        query = sqlalchemy.text(f"SELECT * FROM information_schema.columns WHERE {where}")
        frame = pandas.read_sql(query, connection)
        answer("read_sql", [frame.dtypes.astype(str).to_dict(), frame.to_csv(index=False).split("\n")])
        frame = pandas.read_sql_table("pg_views", connection, schema="pg_catalog")
        answer("read_sql_table", frame[frame["schemaname"] == "shop"].to_csv(index=False))


def ask_psycopg():
    with psycopg.connect(host=host, port=port, user=user, password=password, dbname=database) as connection:
        shown = ["name", "oid", "array_oid", "regtype", "delimiter", "labels"]
        for info in [
            psycopg.types.TypeInfo.fetch(connection, "shop.postcode"),
            psycopg.types.TypeInfo.fetch(connection, "shop.nope"),
            psycopg.types.TypeInfo.fetch(connection, "int4range"),
            psycopg.types.enum.EnumInfo.fetch(connection, "shop.mood"),
        ]:
            answer("TypeInfo.fetch", info and {name: getattr(info, name, None) for name in shown})
        info = psycopg.types.composite.CompositeInfo.fetch(connection, "shop.customers")
        # A source has no OID for the array of a row type, so there is none.
        answer("CompositeInfo.fetch", [info.oid, info.field_names, info.field_types])
        psycopg.types.enum.register_enum(psycopg.types.enum.EnumInfo.fetch(connection, "shop.mood"), connection)
        row = connection.execute("SELECT enum_range(NULL::shop.mood), 'ok'::shop.mood FROM pg_am LIMIT 1").fetchone()
        answer("an enum", repr(row))


async def ask_asyncpg():
    connection = await asyncpg.connect(host=host, port=port, user=user, password=password, database=database)
    # An enum, a domain, arrays, a composite: each has to be looked up before its values can be read.
    for sql in [
        "SELECT enum_range(NULL::shop.mood), 'ok'::shop.mood FROM pg_am LIMIT 1",
        "SELECT '1234'::shop.postcode, ARRAY['1']::shop.postcode[] FROM pg_am LIMIT 1",
        "SELECT conkey, confkey FROM pg_constraint WHERE conname = 'orders_customer_id_fkey'",
        "SELECT ROW(1, 'a', NULL, NULL, 'ok', 'x', '{sad}')::shop.customers FROM pg_am LIMIT 1",
        "SELECT proargtypes, proargnames, proacl FROM pg_proc WHERE proname = 'abs' ORDER BY oid LIMIT 1",
    ]:
        answer(sql, [repr(tuple(row)) for row in await connection.fetch(sql)])
    await connection.set_type_codec("mood", schema="shop", encoder=str, decoder=str.upper)
    answer("set_type_codec", await connection.fetchval("SELECT 'ok'::shop.mood FROM pg_am LIMIT 1"))
    answer("$1", await connection.fetchval("SELECT oid::regclass::text FROM pg_class WHERE relname = any($1)", ["orders"]))
    await connection.close()


with engine.connect() as connection:
    reflect(sqlalchemy.inspect(connection))
ask_pandas()
ask_psycopg()
asyncio.run(ask_asyncpg())
