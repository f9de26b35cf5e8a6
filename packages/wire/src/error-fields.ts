/**
 * What an error tells the client: the fields of ErrorResponse that a server sets, by name. `message` is PostgreSQL's
 * style: lower case, no full stop, identifiers in double quotes; `detail` and `hint` are sentences.
 * https://www.postgresql.org/docs/18/protocol-error-fields.html
 */
export interface ErrorFields {
  /** ERROR ends the statement, FATAL the session. @defaultValue 'ERROR' */
  readonly severity?: 'ERROR' | 'FATAL' | 'PANIC';
  /** Five characters out of {@link sqlstate}. @defaultValue 'XX000' */
  readonly sqlstate?: string;
  readonly message: string;
  readonly detail?: string;
  readonly hint?: string;
  /** Where in the query text, in characters, the first being 1. */
  readonly position?: number;
  readonly where?: string;
  readonly schema?: string;
  readonly table?: string;
  readonly column?: string;
  readonly dataType?: string;
  readonly constraint?: string;
  /** Like `position`, in a query that the server made itself: `internalQuery`. */
  readonly internalPosition?: number;
  readonly internalQuery?: string;
  /** Where in the server's source the error was made: for those who forward it. */
  readonly file?: string;
  readonly line?: number;
  readonly routine?: string;
  /** For the logger of the host program; never sent. */
  readonly cause?: unknown;
}

/** What a notice tells the client: the fields of NoticeResponse. Without a SQLSTATE it is 01000 for WARNING, else 00000. */
export type NoticeFields = Omit<ErrorFields, 'severity' | 'cause'> & {
  /** @defaultValue 'NOTICE' */
  readonly severity?: 'WARNING' | 'NOTICE' | 'DEBUG' | 'INFO' | 'LOG';
};
