"""Reflects all tables of a database with SQLAlchemy; prints how many tables, columns and primary keys there are."""

import json
import sys

import sqlalchemy

host, port, user, database = sys.argv[1:]
engine = sqlalchemy.create_engine(sqlalchemy.URL.create("postgresql+psycopg", user, None, host, int(port), database))
metadata = sqlalchemy.MetaData()
metadata.reflect(engine)
tables = metadata.tables.values()
print(json.dumps([len(tables), sum(len(table.columns) for table in tables), sum(len(table.primary_key) for table in tables)]))
