"""What psqlODBC's catalog functions find out about a schema, as JSON: one line for each question."""

import json
import sys

import pyodbc

host, port, user, password, database = sys.argv[1:]
place = f"Driver=PostgreSQL Unicode;Server={host};Port={port};Uid={user};Pwd={password};Database={database}"


def answer(question, cursor):
    names = [column[0] for column in cursor.description or []]
    rows = [[repr(value) for value in row] for row in cursor.fetchall()]
    print(json.dumps([question, names, sorted(rows)]), flush=True)


# Both ways of asking: parameters in the text, and prepared by the server.
for way in ["UseServerSidePrepare=0", "UseServerSidePrepare=1;UseDeclareFetch=1;Fetch=10"]:
    connection = pyodbc.connect(f"{place};{way}")
    cursor = connection.cursor()
    answer("SQLTables", cursor.tables(schema="shop"))
    answer("SQLTables of a type", cursor.tables(schema="%", tableType="VIEW", table="v%"))
    answer("SQLTables of schemas", cursor.tables(schema="%", catalog="", table=""))
    answer("SQLColumns", cursor.columns(schema="shop"))
    answer("SQLColumns like", cursor.columns(schema="sh%", table="o%", column="c%"))
    for table in ["orders", "lines", "customers"]:
        answer("SQLPrimaryKeys", cursor.primaryKeys(schema="shop", table=table))
        answer("SQLStatistics", cursor.statistics(schema="shop", table=table))
        answer("SQLSpecialColumns", cursor.rowIdColumns(schema="shop", table=table))
    answer("SQLForeignKeys", cursor.foreignKeys(foreignSchema="shop", foreignTable="orders"))
    answer("SQLForeignKeys to", cursor.foreignKeys(schema="shop", table="customers"))
    answer("SQLGetTypeInfo", cursor.getTypeInfo())
    answer("SQLProcedures", cursor.procedures(schema="pg_catalog", procedure="int4p%"))
    answer("a query", cursor.execute("SELECT relname, relkind FROM pg_class WHERE relname LIKE ?", "o%"))
    connection.close()
