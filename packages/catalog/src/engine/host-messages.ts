import type { EngineReply, EngineRequest, EngineStart } from './engine-messages.js';

/** What the host process is told, with the number of the thread that it is about, if there is one. */
export type HostRequest =
  | { readonly kind: 'prepare' }
  | { readonly kind: 'start'; readonly thread: number; readonly start: EngineStart }
  | { readonly kind: 'request'; readonly thread: number; readonly request: EngineRequest }
  | { readonly kind: 'terminate'; readonly thread: number };

/** What it tells. */
export type HostReply =
  | { readonly kind: 'reply'; readonly thread: number; readonly reply: EngineReply }
  | { readonly kind: 'ended'; readonly thread: number; readonly reason: string };
