import { type ConnectionClass, RiffqServer, type ServerOptions, type StartOptions } from '../src/index.js';
import { Frontend } from './frontend.js';
import { RecordingLogger } from './recording-logger.js';

/** A server on a free port of 127.0.0.1. */
export class Listening implements AsyncDisposable {
  readonly server: RiffqServer;
  readonly logger = new RecordingLogger();

  private constructor(connectionClass: ConnectionClass, options: ServerOptions) {
    this.server = new RiffqServer('127.0.0.1:0', connectionClass, { logger: this.logger, ...options });
  }

  /** `prepare` is called before the server listens. */
  static async open(
    connectionClass: ConnectionClass,
    options: ServerOptions & StartOptions = {},
    prepare: (server: RiffqServer) => void = () => {},
  ): Promise<Listening> {
    const listening = new Listening(connectionClass, options);
    prepare(listening.server);
    await listening.server.listen(options);
    return listening;
  }

  get port(): number {
    return portOf(this.server);
  }

  connect(): Promise<Frontend> {
    return Frontend.connect(this.port);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.server.close();
  }
}

/** The port that a server listens on. */
export function portOf(server: RiffqServer): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('expected a port');
  return address.port;
}
