import { sqlstate } from '@riffq/wire';

/** What DuckDB says of an error with `errors_as_json`. */
export interface DuckDBError {
  /** `Catalog`, `Binder`, `Conversion` ... */
  readonly exceptionType: string;
  /** `MISSING_ENTRY`, `COLUMN_NOT_FOUND` ... where DuckDB gives one. */
  readonly subtype?: string | undefined;
  /** The kind of catalog entry: `Table`, `Scalar Function` ... */
  readonly entryType?: string | undefined;
  readonly message: string;
}

type Conditions = readonly (readonly [pattern: RegExp, sqlstate: string])[];

/** By exception type: what the message says, in this order, and what it is if it says nothing of that. */
const byMessage: Readonly<Record<string, { readonly otherwise: string; readonly conditions?: Conditions }>> = {
  Parser: { otherwise: sqlstate.syntax_error },
  Syntax: { otherwise: sqlstate.syntax_error },
  Binder: {
    otherwise: sqlstate.syntax_error,
    conditions: [
      [/does not have a column (named|with name)|^Column .* does not exist/, sqlstate.undefined_column],
      [/^Ambiguous reference/, sqlstate.ambiguous_column],
      [/^Referenced table/, sqlstate.undefined_table],
      [/^No function matches/, sqlstate.undefined_function],
      [/^Could not choose a best candidate function/, sqlstate.ambiguous_function],
      [/must appear in the GROUP BY|aggregate/i, sqlstate.grouping_error],
      [/window function/i, sqlstate.windowing_error],
      [/^Duplicate alias/, sqlstate.duplicate_alias],
      [/^Prepared statement .* does not exist/, sqlstate.invalid_sql_statement_name],
      [/database not found/, sqlstate.invalid_catalog_name],
      [/database with name .* already exists/, sqlstate.duplicate_database],
      [/^LIMIT\/OFFSET cannot be negative/, sqlstate.invalid_row_count_in_limit_clause],
      [/^Cannot (compare|mix|deduce)|explicit cast is required/, sqlstate.datatype_mismatch],
      [/not supported/, sqlstate.feature_not_supported],
    ],
  },
  Catalog: {
    otherwise: sqlstate.undefined_object,
    conditions: [
      [/because schema .* does not exist|^SET schema/, sqlstate.invalid_schema_name],
      [/^Column with name .* already exists/, sqlstate.duplicate_column],
      [/^Existing object .* is of type|is not an? table/, sqlstate.wrong_object_type],
      [/^Could not drop|depend/, sqlstate.dependent_objects_still_exist],
      [/already exists/, sqlstate.duplicate_object],
    ],
  },
  Conversion: {
    otherwise: sqlstate.invalid_text_representation,
    conditions: [
      [/^Unimplemented type for cast/, sqlstate.cannot_coerce],
      [
        /^(date|time|timestamp) field value out of range|^(Date|Epoch|Timestamp)\b.*range/,
        sqlstate.datetime_field_overflow,
      ],
      [/^invalid (date|time|timestamp) field format/, sqlstate.invalid_datetime_format],
      [/out of range|^Could not cast value .* to DECIMAL/, sqlstate.numeric_value_out_of_range],
      [/to INTERVAL$/, sqlstate.invalid_datetime_format],
    ],
  },
  'Out of Range': {
    otherwise: sqlstate.numeric_value_out_of_range,
    conditions: [
      [/square root of a negative/, sqlstate.invalid_argument_for_power_function],
      [/^cannot take logarithm/, sqlstate.invalid_argument_for_logarithm],
      [/^Cannot create a string/, sqlstate.program_limit_exceeded],
    ],
  },
  Constraint: {
    otherwise: sqlstate.integrity_constraint_violation,
    conditions: [
      [/^NOT NULL/, sqlstate.not_null_violation],
      [/^CHECK/, sqlstate.check_violation],
      [/foreign key/i, sqlstate.foreign_key_violation],
      [/duplicate key|unique|primary key/i, sqlstate.unique_violation],
    ],
  },
  TransactionContext: {
    otherwise: sqlstate.invalid_transaction_state,
    conditions: [
      [/unique constraint violated|duplicate key/i, sqlstate.unique_violation],
      [/conflict/i, sqlstate.serialization_failure],
      [/Current transaction is aborted/, sqlstate.in_failed_sql_transaction],
      [/read-only mode/, sqlstate.read_only_sql_transaction],
      [/within a transaction/, sqlstate.active_sql_transaction],
      [/no transaction is active/, sqlstate.no_active_sql_transaction],
    ],
  },
  'Invalid Input': {
    otherwise: sqlstate.invalid_parameter_value,
    conditions: [
      [/read-only mode/, sqlstate.read_only_sql_transaction],
      [/^More than one row returned by a subquery/, sqlstate.cardinality_violation],
      [/^Malformed JSON|^Could not convert/, sqlstate.invalid_text_representation],
      [/^Could not parse string/, sqlstate.invalid_datetime_format],
    ],
  },
  IO: {
    otherwise: sqlstate.io_error,
    conditions: [
      [/^No files found|No such file/, sqlstate.undefined_file],
      [/^Could not set lock/, sqlstate.object_in_use],
      [/read-only mode/, sqlstate.read_only_sql_transaction],
    ],
  },
  Permission: {
    otherwise: sqlstate.insufficient_privilege,
    conditions: [[/read.only/i, sqlstate.read_only_sql_transaction]],
  },
  'Divide by Zero': { otherwise: sqlstate.division_by_zero },
  'Mismatch Type': { otherwise: sqlstate.datatype_mismatch },
  'Invalid type': { otherwise: sqlstate.datatype_mismatch },
  'Out of Memory': { otherwise: sqlstate.out_of_memory },
  INTERRUPT: { otherwise: sqlstate.query_canceled },
  'Not implemented': { otherwise: sqlstate.feature_not_supported },
  Dependency: { otherwise: sqlstate.dependent_objects_still_exist },
  Sequence: { otherwise: sqlstate.sequence_generator_limit_exceeded },
  Settings: { otherwise: sqlstate.invalid_parameter_value },
  'Invalid Configuration': { otherwise: sqlstate.invalid_parameter_value },
  'Missing Extension': { otherwise: sqlstate.undefined_file },
  'Extension Autoloading': { otherwise: sqlstate.undefined_file },
  HTTP: { otherwise: sqlstate.io_error },
  'Parameter Not Resolved': { otherwise: sqlstate.indeterminate_datatype },
  'Object Size': { otherwise: sqlstate.program_limit_exceeded },
};

/** Catalog entries by DuckDB's name for their kind: PostgreSQL's noun, what a missing one is, what a second one is. */
const entries: Readonly<Record<string, readonly [noun: string, missing: string, duplicate: string]>> = {
  Table: ['relation', sqlstate.undefined_table, sqlstate.duplicate_table],
  View: ['relation', sqlstate.undefined_table, sqlstate.duplicate_table],
  Sequence: ['relation', sqlstate.undefined_table, sqlstate.duplicate_table],
  Index: ['index', sqlstate.undefined_object, sqlstate.duplicate_table],
  Schema: ['schema', sqlstate.invalid_schema_name, sqlstate.duplicate_schema],
  Type: ['type', sqlstate.undefined_object, sqlstate.duplicate_object],
  'Scalar Function': ['function', sqlstate.undefined_function, sqlstate.duplicate_function],
  'Aggregate Function': ['function', sqlstate.undefined_function, sqlstate.duplicate_function],
  'Table Function': ['function', sqlstate.undefined_function, sqlstate.duplicate_function],
  'Macro Function': ['function', sqlstate.undefined_function, sqlstate.duplicate_function],
  'Table Macro Function': ['function', sqlstate.undefined_function, sqlstate.duplicate_function],
  'Pragma Function': ['pragma', sqlstate.undefined_object, sqlstate.duplicate_object],
};

/** PostgreSQL's noun for a kind of catalog entry, undefined for kinds that it has not. */
export function entryNoun(entryType: string): string | undefined {
  return entries[entryType]?.[0];
}

/** The SQLSTATE of a DuckDB error; XX000 for DuckDB's own faults. */
export function errorSqlstate({ exceptionType, subtype, entryType, message }: DuckDBError): string {
  if (subtype === 'COLUMN_NOT_FOUND') return sqlstate.undefined_column;
  const entry = entryType === undefined ? undefined : entries[entryType];
  if (entry !== undefined && subtype === 'MISSING_ENTRY') return entry[1];
  if (entry !== undefined && subtype === 'ENTRY_ALREADY_EXISTS') return entry[2];
  const { conditions = [], otherwise } = byMessage[exceptionType] ?? { otherwise: sqlstate.internal_error };
  return conditions.find(([pattern]) => pattern.test(message))?.[1] ?? otherwise;
}
