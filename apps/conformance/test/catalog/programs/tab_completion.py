"""What psql offers when somebody at a terminal presses the tabulator, as JSON: one line for each beginning."""

import json
import os
import pty
import re
import sys

host, port, user, password, database = sys.argv[1:]

BEGINNINGS = [
    "\\d shop.ord",
    "\\d shop.",
    "\\dt sh",
    "\\dT shop.",
    "\\dv shop.v",
    "\\dm shop.",
    "\\di shop.orders",
    "\\ds shop.c",
    "\\dn s",
    "\\sv shop.",
    "\\c sho",
    "\\du buy",
    "\\df pg_catalog.to_ta",
    "\\dx pl",
    "SELECT * FROM shop.o",
    "SELECT * FROM us",
    "SELECT * FROM shop.orders WHERE cust",
    "INSERT INTO shop.cust",
    "UPDATE shop.orders SET pri",
    "ALTER TABLE shop.orders DROP CONSTRAINT ",
    "DROP INDEX shop.orders_",
    "ALTER TYPE shop.mood RENAME VALUE ",
    "COMMENT ON CONSTRAINT pos",
    "SET sear",
    "SET TimeZone TO Europe/Ber",
    "SHOW serv",
    "GRANT SELECT ON shop.v",
    "REFRESH MATERIALIZED VIEW shop.",
]

environment = {**os.environ, "PGHOST": host, "PGPORT": port, "PGUSER": user, "PGDATABASE": database, "TERM": "dumb"}
process, terminal = pty.fork()
if process == 0:
    environment |= {"PGPASSWORD": password, "INPUTRC": "/dev/null", "PSQL_HISTORY": "/dev/null", "PAGER": ""}
    os.execvpe("psql", ["psql", "--no-psqlrc", "--quiet"], environment)


def until(pattern):
    """What the terminal shows, up to and with this."""
    shown = ""
    while not re.search(pattern, shown):
        shown += os.read(terminal, 65536).decode()
    return shown


def typed(text):
    os.write(terminal, text.encode())


typed("\\set PROMPT1 '> '\n\\echo ready\n")
until(r"\nready\r?\n> $")
for at, beginning in enumerate(BEGINNINGS):
    # Twice: once for what there is one of, again for the list. Then the line is taken back.
    typed(f"{beginning}\t\t")
    typed(f"\x15\\echo done {at}\n")
    shown = until(rf"\ndone {at}\r?\n> $")
    print(json.dumps([beginning, shown.replace("\a", "").split("\r\n")]), flush=True)
typed("\\q\n")
os.waitpid(process, 0)
