"""asyncpg as an agent."""

import asyncio

from agent import answer, result, run

try:
    import asyncpg
except ImportError as error:
    answer({"absent": str(error)})
    raise SystemExit(0)

loop = asyncio.new_event_loop()


class Connection:
    def __init__(self, address):
        names = ["host", "port", "user", "password", "database"]
        connecting = asyncpg.connect(**{name: address[name] for name in names}, timeout=10)
        self.connection = loop.run_until_complete(connecting)

    def query(self, sql, mode, values):
        # As its users do: execute(), a simple query, for what gives no rows.
        if mode is None and not values and not sql.startswith("SELECT"):
            return result([], [], loop.run_until_complete(self.connection.execute(sql)))
        return loop.run_until_complete(self.fetch(sql, values or []))

    async def fetch(self, sql, values):
        statement = await self.connection.prepare(sql)
        rows = await statement.fetch(*values)
        columns = [(column.name, column.type.oid) for column in statement.get_attributes()]
        return result(columns, [list(row) for row in rows], statement.get_statusmsg())

    def close(self):
        loop.run_until_complete(self.connection.close(timeout=10))


run(f"asyncpg {asyncpg.__version__}", Connection)
