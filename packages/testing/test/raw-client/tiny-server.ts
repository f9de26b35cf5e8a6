import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { type BackendMessage, encodeBackendMessage, FrameWriter } from '@riffq/wire';

/** A server that does what a function does with each connection, right or wrong. */
export class TinyServer implements AsyncDisposable {
  readonly #server: Server;
  readonly #sockets: Socket[] = [];

  private constructor(serve: (socket: Socket) => void) {
    this.#server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
      this.#sockets.push(socket);
      // A client that resets is one of the things that are tested.
      serve(socket.on('error', () => undefined));
    });
  }

  static async listen(serve: (socket: Socket) => void): Promise<TinyServer> {
    const tiny = new TinyServer(serve);
    await once(tiny.#server.listen(0, '127.0.0.1'), 'listening');
    return tiny;
  }

  get port(): number {
    const address = this.#server.address();
    return typeof address === 'object' ? (address?.port ?? 0) : 0;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

/** Messages of a server, encoded. */
export function backend(...messages: readonly BackendMessage[]): Uint8Array {
  const writer = new FrameWriter();
  for (const message of messages) encodeBackendMessage(writer, message);
  return writer.take();
}

/** What lets a client in. */
export const welcome: Uint8Array = backend({ type: 'AuthenticationOk' }, { type: 'ReadyForQuery', status: 'I' });

/** What a server says, which may depend on what it has just heard. */
export type Answer = Uint8Array | ((heard: Buffer) => Uint8Array);

/** A server's part in a conversation: what it says after each chunk that it hears. It ends when the client does. */
export function saying(...answers: readonly Answer[]): (socket: Socket) => void {
  return (socket) => {
    socket.on('end', () => socket.end());
    const left = [...answers];
    socket.on('data', (heard: Buffer) => {
      const answer = left.shift();
      if (answer !== undefined) socket.write(typeof answer === 'function' ? answer(heard) : answer);
    });
  };
}

/** Why a promise was rejected. */
export async function failure(promise: Promise<unknown>): Promise<Error> {
  const outcome = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  return outcome instanceof Error ? outcome : new Error(`expected a failure, got ${String(outcome)}`);
}
