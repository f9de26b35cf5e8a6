"""psycopg 3 as an agent."""

import concurrent.futures

from agent import answer, result, run, shown

try:
    import psycopg
except ImportError as error:
    answer({"absent": f".clients/python: {error}"})
    raise SystemExit(0)

executor = concurrent.futures.ThreadPoolExecutor()


def result_of(cursor):
    columns = [(column.name, column.type_code) for column in cursor.description or []]
    return result(columns, cursor.fetchall() if cursor.description else [], cursor.statusmessage)


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

    def start(self, sql):
        self.running = executor.submit(self.query, sql)

    def cancel(self):
        self.connection.cancel_safe(timeout=10)

    def result(self):
        return self.running.result()

    def close(self):
        self.connection.close()


run(f"psycopg {psycopg.__version__}", Connection)
