import { delimiter, join } from 'node:path';
import type { Client } from '../client.js';
import { startAgent } from './agent.js';
import { builtPath } from './built-path.js';

/** pgjdbc, Java's. */
export function startPgjdbc(): Promise<Client> {
  const folder = builtPath('pgjdbc');
  const classpath = [join(folder, 'classes'), join(folder, 'jars', '*')].join(delimiter);
  return startAgent({
    command: 'java',
    // In UTC, so that what Java shows of a time does not depend on the machine; and quick to start.
    parameters: ['-Duser.timezone=UTC', '-Dfile.encoding=UTF-8', '-XX:TieredStopAtLevel=1', '-cp', classpath, 'Main'],
    lacks: {
      copyRows: 'its CopyManager takes data that is encoded already',
      echo: 'it has most of these types as text',
    },
    ways: [
      'prepareThreshold=1',
      'prepareThreshold=-1',
      'prepareThreshold=0',
      'binaryTransfer=false',
      'preferQueryMode=extendedForPrepared',
      'preferQueryMode=extendedCacheEverything',
      'preferQueryMode=simple',
    ],
    unreadable: [
      {
        type: 'interval',
        values: ['2562047788:00:54', '2562047788:00:54.775807', '-2562047788:00:54.775807'],
        reason: "the hours of its interval are Java's int",
      },
    ],
  });
}
