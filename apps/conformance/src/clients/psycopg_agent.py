"""psycopg 3 as an agent."""

from agent import answer, result, run

try:
    import psycopg
except ImportError as error:
    answer({"absent": str(error)})
    raise SystemExit(0)


class Connection:
    def __init__(self, address):
        self.connection = psycopg.connect(
            host=address["host"],
            port=address["port"],
            user=address["user"],
            password=address["password"],
            dbname=address["database"],
            connect_timeout=10,
            autocommit=True,
            # $1 in place of %s, so that every client gets the same statement.
            cursor_factory=psycopg.RawCursor,
        )

    def query(self, sql, mode, values):
        with self.connection.cursor() as cursor:
            # Left alone, a statement without parameters is a simple query.
            cursor.execute(sql, values, prepare=True if mode == "text" else None, binary=mode == "binary")
            columns = [(column.name, column.type_code) for column in cursor.description or []]
            rows = cursor.fetchall() if cursor.description else []
            return result(columns, rows, cursor.statusmessage)

    def close(self):
        self.connection.close()


run(f"psycopg {psycopg.__version__}", Connection)
