"""What the agents share: requests and answers as lines of JSON, and values both ways.

An agent answers its first line with its version, or with what is absent.
A request names what is asked, the connection, and the details:
{"ask": "query", "connection": 1, "sql": ...}. All but "connect" are methods
of the agent's Connection.
"""

import base64
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
    "int4[]": json.loads,
    "text[]": json.loads,
}


def answer(fields):
    print(json.dumps(fields), flush=True)


def parameters(described):
    """The values that a Python program would pass for parameters."""
    return [parameter(each["type"], each["text"]) for each in described]


def parameter(type_name, text):
    return None if text is None else FROM_TEXT.get(type_name, str)(text)


def shown(rows):
    """Rows as they are answered: repr() shows a value's type and all of it."""
    return [["null" if value is None else repr(value) for value in row] for row in rows]


def result(columns, rows, tag):
    return {
        "columns": [{"name": name, "type": str(oid)} for name, oid in columns],
        "rows": shown(rows),
        "tag": tag,
    }


def perform(connections, connect, request):
    ask, number = request.pop("ask"), request.pop("connection")
    if ask == "connect":
        connections[number] = connect(request["address"], request.get("way"))
        return None
    connection = connections.pop(number) if ask == "close" else connections[number]
    if "parameters" in request:
        request["parameters"] = parameters(request["parameters"])
    if "lists" in request:
        request["lists"] = [parameters(described) for described in request["lists"]]
    if "data" in request:
        request["data"] = base64.b64decode(request["data"])
    value = getattr(connection, ask)(**request)
    return base64.b64encode(value).decode() if isinstance(value, bytes) else value


def run(version, connect):
    """Answers requests until the input ends."""
    connections = {}
    answer({"version": version})
    for line in sys.stdin:
        try:
            answer({"value": perform(connections, connect, json.loads(line))})
        except Exception as error:
            sqlstate = getattr(error, "sqlstate", None)
            if sqlstate is None:
                answer({"failure": f"{type(error).__name__}: {error}"})
            else:
                answer({"error": {"sqlstate": sqlstate, "message": str(error)}})
