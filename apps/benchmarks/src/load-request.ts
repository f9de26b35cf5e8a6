import type { Waits } from './waits.js';

/** What the load generator's program can be asked to do to a server of 127.0.0.1. */
export type LoadRequest = QueryLoad | WaitingLoad | ConnectionLoad | IdleLoad | KilledLoad | { readonly kind: 'close' };

/** Clients that send the same bytes again and again, each as soon as the answer is there. */
export interface QueryLoad {
  readonly kind: 'queries';
  readonly port: number;
  readonly clients: number;
  /** What opens a session. */
  readonly startup: Uint8Array;
  /** What is asked once, before. */
  readonly preparation?: Uint8Array;
  readonly frames: Uint8Array;
  /** How long the answer to `frames` is. */
  readonly replyBytes: number;
  readonly seconds: number;
}

/** One client that asks the same thing every few milliseconds, and looks how long the answers take. */
export interface WaitingLoad {
  readonly kind: 'waiting';
  readonly port: number;
  readonly startup: Uint8Array;
  readonly frames: Uint8Array;
  readonly seconds: number;
}

/** Clients that come, ask one thing and go, for so many seconds or so many times in all. */
export interface ConnectionLoad {
  readonly kind: 'connections';
  readonly port: number;
  readonly clients: number;
  readonly startup: Uint8Array;
  readonly frames: Uint8Array;
  readonly seconds?: number;
  readonly count?: number;
}

/** Clients that come and say nothing more, until they are told to close. */
export interface IdleLoad {
  readonly kind: 'idle';
  readonly port: number;
  readonly clients: number;
  readonly startup: Uint8Array;
}

/** Clients that send something, or nothing, and are killed at any moment; each is followed by another. */
export interface KilledLoad {
  readonly kind: 'killed';
  readonly port: number;
  readonly clients: number;
  /** What each may send. */
  readonly lives: readonly Uint8Array[];
  /** Milliseconds that one lives at most. */
  readonly longest: number;
  /** Whether one that the server cuts off is followed at once. @defaultValue false: when its time is over */
  readonly returning?: boolean;
  /** Whether every second goes over TLS, and is killed in the handshake, too. @defaultValue false */
  readonly tls?: boolean;
  readonly seconds: number;
}

/** How often it was done, and in how many seconds. */
export interface LoadReport {
  readonly count: number;
  readonly seconds: number;
  /** With what came before and after the time that counts: what the server's CPU went into. */
  readonly countOfAll: number;
  /** Milliseconds that the answers took, of a client that waits. */
  readonly waits?: Waits;
}
