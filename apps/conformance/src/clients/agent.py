"""What the agents share: requests and answers as lines of JSON, and values both ways.

An agent answers its first line with its version, or with what is absent.
Requests are {"connect": id, "address": ...}, {"query": id, "sql": ...,
"mode": ..., "parameters": [...]} and {"close": id}.
"""

import datetime
import decimal
import json
import sys

FROM_TEXT = {
    "int2": int,
    "int4": int,
    "int8": int,
    "float4": float,
    "float8": float,
    "numeric": decimal.Decimal,
    "bool": lambda text: text == "true",
    "bytea": bytes.fromhex,
    "date": datetime.date.fromisoformat,
    "time": datetime.time.fromisoformat,
    "timestamp": datetime.datetime.fromisoformat,
    "timestamptz": datetime.datetime.fromisoformat,
}


def answer(fields):
    print(json.dumps(fields), flush=True)


def parameter(described):
    """The value that a Python program would pass for a parameter."""
    text = described["text"]
    return None if text is None else FROM_TEXT.get(described["type"], str)(text)


def result(columns, rows, tag):
    """A result as it is answered: repr() shows a value's type and all of it."""
    return {
        "result": {
            "columns": [{"name": name, "typeOid": oid, "typeModifier": None} for name, oid in columns],
            "rows": [["null" if value is None else repr(value) for value in row] for row in rows],
            "tag": tag,
        }
    }


def handle(connections, connect, request):
    if "connect" in request:
        connections[request["connect"]] = connect(request["address"])
        return {}
    if "close" in request:
        connections.pop(request["close"]).close()
        return {}
    parameters = request.get("parameters")
    values = None if parameters is None else [parameter(described) for described in parameters]
    return connections[request["query"]].query(request["sql"], request.get("mode"), values)


def run(version, connect):
    """Answers requests until the input ends."""
    connections = {}
    answer({"version": version})
    for line in sys.stdin:
        try:
            answer(handle(connections, connect, json.loads(line)))
        except Exception as error:
            sqlstate = getattr(error, "sqlstate", None)
            if sqlstate is None:
                answer({"failure": f"{type(error).__name__}: {error}"})
            else:
                answer({"error": {"sqlstate": sqlstate, "message": str(error)}})
