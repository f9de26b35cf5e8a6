"""asyncpg as an agent."""

import asyncio
import concurrent.futures
import io
import threading
import urllib.parse

from agent import answer, result, run, shown

try:
    import asyncpg
except ImportError as error:
    answer({"absent": f".clients/python: {error}"})
    raise SystemExit(0)

# It runs beside the agent, so that a statement goes on while the agent is asked to cancel it.
loop = asyncio.new_event_loop()
threading.Thread(target=loop.run_forever, daemon=True).start()


def done(coroutine):
    return asyncio.run_coroutine_threadsafe(coroutine, loop).result()


def plain(value):
    """What repr() shows all of."""
    if isinstance(value, list):
        return [plain(each) for each in value]
    if isinstance(value, asyncpg.Path):
        return "Path", value.is_closed, [tuple(point) for point in value.points]
    if isinstance(value, asyncpg.Polygon):
        return "Polygon", [tuple(point) for point in value.points]
    return value


def plain_rows(rows):
    return [plain(list(row)) for row in rows]


class Cancelled(Exception):
    sqlstate = "asyncio.CancelledError"


class Connection:
    def __init__(self, address, way):
        names = ["host", "port", "user", "password", "database"]
        settings = {} if way is None else {"statement_cache_size": 0}
        dsn = "postgresql://?" + urllib.parse.urlencode(address.get("settings", {}))
        connecting = asyncpg.connect(dsn, **{name: address[name] for name in names}, timeout=10, **settings)
        self.connection = done(connecting)

    def query(self, sql, mode=None, parameters=None):
        # As its users do: execute(), a simple query, for what gives no rows.
        if mode is None and not parameters and not sql.startswith(("SELECT", "WITH")):
            return result([], [], done(self.connection.execute(sql)))
        return done(self.fetch(sql, parameters or []))

    async def fetch(self, sql, values):
        statement = await self.connection.prepare(sql)
        rows = await statement.fetch(*values)
        columns = [(column.name, column.type.oid) for column in statement.get_attributes()]
        return result(columns, plain_rows(rows), statement.get_statusmsg())

    def batch(self, sql, lists):
        done(self.connection.executemany(sql, lists))

    def portions(self, sql, size, most=None):
        return done(self.fetch_portions(sql, size, most))

    async def fetch_portions(self, sql, size, most):
        portions = []
        async with self.connection.transaction():
            cursor = await self.connection.cursor(sql)
            while (most is None or len(portions) < most) and (rows := await cursor.fetch(size)):
                portions.append(shown(plain_rows(rows)))
        return portions

    def copyOut(self, sql, format):
        output = io.BytesIO()
        done(self.connection.copy_from_query(sql, output=output, format=format))
        return output.getvalue()

    def copyIn(self, table, columns, format, data):
        return done(self.connection.copy_to_table(table, columns=columns, format=format, source=io.BytesIO(data)))

    def copyRows(self, table, columns, lists):
        done(self.connection.copy_records_to_table(table, columns=columns, records=lists))

    def echo(self, sql, echoing):
        return done(self.fetch_echoes(sql, echoing))

    async def fetch_echoes(self, sql, echoing):
        values = [row[0] for row in await self.connection.fetch(sql)]
        return [shown(plain_rows(await self.connection.fetch(echoing, value))) for value in values]

    def copyEcho(self, table, columns, sql):
        self.copyRows(table, columns, [list(row) for row in done(self.connection.fetch(sql))])

    def start(self, sql):
        self.running = asyncio.run_coroutine_threadsafe(self.connection.fetch(sql), loop)

    def cancel(self):
        self.running.cancel()

    def result(self):
        try:
            return self.running.result()
        except concurrent.futures.CancelledError:
            # It does not tell what the server said, and goes on when that has answered.
            raise Cancelled from None

    def close(self):
        done(self.connection.close(timeout=10))


run(f"asyncpg {asyncpg.__version__}", Connection)
