/** What the host program did wrong, by code; `docs/reference/errors.md` explains each. */
export const riffqErrorCodes = {
  RIFFQ_ERR_LISTEN_ADDRESS: 'the listen address cannot be used',
  RIFFQ_ERR_ALREADY_STARTED: 'the server is listening already or has been closed',
  RIFFQ_ERR_TLS_CERTIFICATE: 'the certificate or its key cannot be used',
  RIFFQ_ERR_TLS_NOT_SET: 'TLS was asked for, but no certificate has been set',
  RIFFQ_ERR_LIMIT: 'a limit is none that can be held',
  RIFFQ_ERR_AUTHENTICATION: 'there is no such authentication method',
  RIFFQ_ERR_NOTIFICATION: 'a notification has a channel or a payload that no client can be sent',
  RIFFQ_ERR_CATALOG_REGISTRATION: 'a database, schema or table cannot be registered',
} as const;

/** The codes of {@link RiffqError}. */
export type RiffqErrorCode = keyof typeof riffqErrorCodes;

/** Tells the host program what it did wrong; clients never see it. */
export class RiffqError extends Error {
  readonly code: RiffqErrorCode;

  constructor(code: RiffqErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'RiffqError';
    this.code = code;
  }
}

/** A server listens once. */
export function alreadyStarted(): RiffqError {
  return new RiffqError('RIFFQ_ERR_ALREADY_STARTED', 'the server is listening already or has been closed');
}

/** A limit that would keep everybody out, or that no number can be compared with. */
export function unusableLimit(name: string, value: unknown, least: number): RiffqError {
  return new RiffqError(
    'RIFFQ_ERR_LIMIT',
    `limits.${name} is ${String(value)}: it has to be a number of at least ${least}`,
  );
}
