import { disown } from './awaitable.js';

/** Where the server logs: pino's shape, so that a pino logger is one. Passwords and parameter values are never logged. */
export interface Logger {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** A logger whose failures are nobody's: what cannot be logged must not end a session. */
export function forgivingLogger(logger: Logger): Logger {
  const forgiving =
    (level: keyof Logger) =>
    (fields: object, message: string): void => {
      try {
        const logged: unknown = logger[level](fields, message);
        disown(logged);
      } catch {}
    };
  return {
    debug: forgiving('debug'),
    info: forgiving('info'),
    warn: forgiving('warn'),
    error: forgiving('error'),
  };
}

/** Used when the host gives none: warnings and errors to the console, nothing else. */
export const consoleLogger: Logger = {
  debug() {},
  info() {},
  warn(fields, message) {
    console.warn(message, fields);
  },
  error(fields, message) {
    console.error(message, fields);
  },
};
