"""psycopg 3 as an agent."""

import concurrent.futures

from agent import answer, result, run, shown

try:
    import psycopg
    from psycopg.types.multirange import (
        DateMultirange,
        Int4Multirange,
        Int8Multirange,
        Multirange,
        NumericMultirange,
        TimestampMultirange,
        TimestamptzMultirange,
    )
    from psycopg.types.range import (
        DateRange,
        Int4Range,
        Int8Range,
        NumericRange,
        Range,
        TimestampRange,
        TimestamptzRange,
    )
except ImportError as error:
    answer({"absent": f".clients/python: {error}"})
    raise SystemExit(0)

BYTEA = (psycopg.adapters.types["bytea"].oid, psycopg.adapters.types["bytea"].array_oid)


def by_oid(types):
    return {psycopg.adapters.types[name].oid: of_type for name, of_type in types.items()}


# It tells the type of a range by its bounds, unless it is told.
RANGES = by_oid(
    {
        "int4range": Int4Range,
        "int8range": Int8Range,
        "numrange": NumericRange,
        "daterange": DateRange,
        "tsrange": TimestampRange,
        "tstzrange": TimestamptzRange,
    }
)
MULTIRANGES = by_oid(
    {
        "int4multirange": Int4Multirange,
        "int8multirange": Int8Multirange,
        "nummultirange": NumericMultirange,
        "datemultirange": DateMultirange,
        "tsmultirange": TimestampMultirange,
        "tstzmultirange": TimestamptzMultirange,
    }
)

executor = concurrent.futures.ThreadPoolExecutor()


def result_of(cursor):
    columns = [(column.name, column.type_code) for column in cursor.description or []]
    return result(columns, cursor.fetchall() if cursor.description else [], cursor.statusmessage)


def has_bytes(values):
    return any(has_bytes(value) if isinstance(value, list) else isinstance(value, bytes) for value in values)


def of_its_type(value, oid):
    """A range that says what it is one of; any other value as it is."""
    if isinstance(value, list):
        return [of_its_type(each, psycopg.adapters.types[oid].oid) for each in value]
    if isinstance(value, Range) and oid in RANGES:
        return RANGES[oid](empty=True) if value.isempty else RANGES[oid](value.lower, value.upper, value.bounds)
    if isinstance(value, Multirange) and oid in MULTIRANGES:
        return MULTIRANGES[oid](value)
    return value


class Connection:
    def __init__(self, address, way):
        self.connection = psycopg.connect(
            host=address["host"],
            port=address["port"],
            user=address["user"],
            password=address["password"],
            dbname=address["database"],
            connect_timeout=10,
            **address.get("settings", {}),
            autocommit=True,
            # $1 in place of %s, so that every client gets the same statement.
            cursor_factory=psycopg.RawCursor,
        )
        self.in_pipeline = way == "pipeline()"
        if way == "prepare_threshold=0":
            self.connection.prepare_threshold = 0
        if way == "prepare_threshold=None":
            self.connection.prepare_threshold = None

    def query(self, sql, mode=None, parameters=None):
        if self.in_pipeline:
            with self.connection.pipeline():
                return self.execute(sql, mode, parameters)
        return self.execute(sql, mode, parameters)

    def execute(self, sql, mode, parameters):
        with self.connection.cursor() as cursor:
            # Left alone, a statement without parameters is a simple query.
            cursor.execute(sql, parameters, prepare=True if mode == "text" else None, binary=mode == "binary")
            return result_of(cursor)

    def script(self, sql):
        with self.connection.cursor() as cursor:
            cursor.execute(sql)
            return [result_of(cursor) for cursor in cursor.results()]

    def batch(self, sql, lists):
        # In a pipeline, since psycopg 3.1.
        with self.connection.cursor() as cursor:
            cursor.executemany(sql, lists)

    def portions(self, sql, size, most=None):
        portions = []
        with self.connection.transaction(), psycopg.RawServerCursor(self.connection, "portions") as cursor:
            cursor.execute(sql)
            while (most is None or len(portions) < most) and (rows := cursor.fetchmany(size)):
                portions.append(shown(rows))
        return portions

    def copyOut(self, sql, format):
        with self.connection.cursor() as cursor, cursor.copy(f"COPY ({sql}) TO STDOUT (FORMAT {format})") as copy:
            return b"".join(bytes(data) for data in copy)

    def copyIn(self, table, columns, format, data):
        with self.connection.cursor() as cursor:
            with cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN (FORMAT {format})") as copy:
                copy.write(data)
            return cursor.statusmessage

    def copyRows(self, table, columns, lists):
        target = f"{table} ({', '.join(columns)})"
        with self.connection.cursor() as cursor:
            cursor.execute(f"SELECT {', '.join(columns)} FROM {table} WHERE 1 = 0")
            types = [column.type_code for column in cursor.description]
            with cursor.copy(f"COPY {target} FROM STDIN (FORMAT binary)") as copy:
                copy.set_types(types)
                for values in lists:
                    copy.write_row(values)

    def values_of(self, sql):
        """The values of a column; those whose binary form it does not know are texts."""
        with self.connection.cursor() as cursor:
            cursor.execute(sql, binary=True)
            rows = cursor.fetchall()
            if cursor.description[0].type_code not in BYTEA and has_bytes([row[0] for row in rows]):
                cursor.execute(sql)
                rows = cursor.fetchall()
            return [of_its_type(value, cursor.description[0].type_code) for value, in rows]

    def echo(self, sql, echoing):
        with self.connection.cursor() as cursor:
            echoes = [cursor.execute(echoing, [value], binary=True).fetchall() for value in self.values_of(sql)]
        return [shown(rows) for rows in echoes]

    def copyEcho(self, table, columns, sql):
        self.copyRows(table, columns, [[value] for value in self.values_of(sql)])

    def start(self, sql):
        self.running = executor.submit(self.query, sql)

    def cancel(self):
        self.connection.cancel_safe(timeout=10)

    def result(self):
        return self.running.result()

    def close(self):
        self.connection.close()


run(f"psycopg {psycopg.__version__}", Connection)
