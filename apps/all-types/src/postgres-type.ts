/** A type of PostgreSQL: what to cast to, its OID, and the functions that make its text and binary form. */
export interface PostgresType {
  readonly name: string;
  readonly oid: number;
  readonly output: string;
  readonly send: string;
}

/** The types that Arrow's types are. */
export const postgresTypes = {
  int2: { name: 'int2', oid: 21, output: 'int2out', send: 'int2send' },
  int4: { name: 'int4', oid: 23, output: 'int4out', send: 'int4send' },
  int8: { name: 'int8', oid: 20, output: 'int8out', send: 'int8send' },
  float4: { name: 'float4', oid: 700, output: 'float4out', send: 'float4send' },
  float8: { name: 'float8', oid: 701, output: 'float8out', send: 'float8send' },
  numeric: { name: 'numeric', oid: 1700, output: 'numeric_out', send: 'numeric_send' },
  bool: { name: 'bool', oid: 16, output: 'boolout', send: 'boolsend' },
  varchar: { name: 'varchar', oid: 1043, output: 'varcharout', send: 'varcharsend' },
  text: { name: 'text', oid: 25, output: 'textout', send: 'textsend' },
  bytea: { name: 'bytea', oid: 17, output: 'byteaout', send: 'byteasend' },
  date: { name: 'date', oid: 1082, output: 'date_out', send: 'date_send' },
  time: { name: 'time', oid: 1083, output: 'time_out', send: 'time_send' },
  timestamp: { name: 'timestamp', oid: 1114, output: 'timestamp_out', send: 'timestamp_send' },
  timestamptz: { name: 'timestamptz', oid: 1184, output: 'timestamptz_out', send: 'timestamptz_send' },
  interval: { name: 'interval', oid: 1186, output: 'interval_out', send: 'interval_send' },
  uuid: { name: 'uuid', oid: 2950, output: 'uuid_out', send: 'uuid_send' },
  json: { name: 'json', oid: 114, output: 'json_out', send: 'json_send' },
} as const satisfies Record<string, PostgresType>;

/** The array over a type. */
export function arrayOf(element: PostgresType, oid: number): PostgresType {
  return { name: `${element.name}[]`, oid, output: 'array_out', send: 'array_send' };
}
