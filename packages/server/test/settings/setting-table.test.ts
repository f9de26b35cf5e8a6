import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { inject, test } from 'vitest';

const script = fileURLToPath(new URL('../../scripts/generate-settings.mjs', import.meta.url));

test('the table of settings is what PostgreSQL says', async () => {
  const { user, password, port, database } = inject('oracle');
  const address = `postgres://${user}:${password}@127.0.0.1:${port}/${database}`;
  await promisify(execFile)(process.execPath, [script, address, process.env.GEN ?? '--check']);
});
