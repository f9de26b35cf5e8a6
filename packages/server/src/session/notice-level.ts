import type { NoticeFields } from '@riffq/wire';

const levels = 'debug5 debug4 debug3 debug2 debug1 log info notice warning error'.split(' ');

/** Whether a client that set `client_min_messages` so wants to see a notice; INFO is for everyone. */
export function isWanted(severity: NoticeFields['severity'] = 'NOTICE', clientMinMessages = 'notice'): boolean {
  if (severity === 'INFO') return true;
  const level = severity === 'DEBUG' ? 'debug1' : severity.toLowerCase();
  return levels.indexOf(level) >= levels.indexOf(clientMinMessages);
}
