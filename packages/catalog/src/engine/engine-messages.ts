import type { DatabaseIdentity } from './database-identity.js';

/** What an engine thread is started with. */
export interface EngineStart {
  readonly database: DatabaseIdentity;
  /** The text of version(). */
  readonly version: string;
  /** Of the PostgreSQL that clients are told of. */
  readonly majorVersion: number;
  readonly imagePath: string;
  /** Bytes that PostgreSQL's memory may grow to, its files, which are in memory, among them. */
  readonly memoryLimit: number;
}

/** One step of writing system tables. */
export type WriteStep =
  | { readonly kind: 'sql'; readonly sql: string }
  | { readonly kind: 'copy'; readonly table: string; readonly columns: readonly string[]; readonly text: Uint8Array };

/** A statement of a client, as the messages that the engine is fed. All are well formed: we made them. */
export interface StatementMessages {
  /** SQL that opens the transaction that the statement runs in, as the client's role with the client's settings. */
  readonly prologue: string;
  /** Parse, Describe and Bind; the last part is run by Execute messages of the thread's own. */
  readonly messages: Uint8Array;
  readonly execute: boolean;
  /** What the clock shows when the transaction begins, in milliseconds since 1970; undefined: the time that it is. */
  readonly began: number | undefined;
  /** Bytes that the answer may have. */
  readonly resultLimit: number;
}

/** What the thread is told to do; it does one thing after another. */
export type EngineRequest =
  | { readonly kind: 'write'; readonly steps: readonly WriteStep[] }
  | { readonly kind: 'statement'; readonly statement: StatementMessages };

/** How a statement ended. */
export type StatementReply =
  /** Whole messages, in pieces: who has read one need not keep it for the sake of the others. */
  | { readonly kind: 'answered'; readonly messages: readonly Uint8Array[]; readonly effects: string }
  | { readonly kind: 'tooLarge' };

/**
 * What the thread answers: `ready` once, then one reply for each request. `size` is PostgreSQL's memory in bytes, without its files;
 * `held` what it has besides what it began with, and its files.
 */
export type EngineReply =
  | { readonly kind: 'ready' }
  | { readonly kind: 'written'; readonly held: number }
  | { readonly kind: 'refused'; readonly error: Uint8Array }
  | {
      readonly kind: 'statement';
      readonly reply: StatementReply;
      readonly outOfMemory: boolean;
      readonly size: number;
    };
