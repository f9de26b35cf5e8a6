import { subscribe, tracingChannel } from 'node:diagnostics_channel';

/** The names of all tracing channels of a server. */
export const tracingChannels = [
  'riffq:connection',
  'riffq:authentication',
  'riffq:statement',
  'riffq:copy',
  'riffq:catalog-pull',
] as const;

/** Listens to all of them, and does nothing about what they tell. */
export function listenToChannels(): void {
  const nothing = (): void => {};
  const subscribers = { start: nothing, end: nothing, asyncStart: nothing, asyncEnd: nothing, error: nothing };
  for (const name of tracingChannels) tracingChannel(name).subscribe(subscribers);
  subscribe('riffq:statement:firstRow', nothing);
}
