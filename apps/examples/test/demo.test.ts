import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildExamples, examplePath } from './build-examples.js';

const run = promisify(execFile);

beforeAll(buildExamples, 180_000);

describe('the demo', () => {
  test('loads real data, answers its queries over TCP, tells how to connect, and ends by itself', async () => {
    const { stdout, stderr } = await run('node', [examplePath('demo'), '--once', '--port', '0'], { timeout: 120_000 });
    expect(stderr).toBe('');
    expect(stdout).toMatch(/flights\s+flights-3m\.parquet \.\.\. \d+ ms/);
    expect(stdout).toMatch(/│ +3000000 │/);
    expect(stdout).toMatch(/Honolulu/);
    expect(stdout).toMatch(/Indonesia/);
    expect(stdout).toMatch(/psql -h 127\.0\.0\.1 -p \d+ -U demo demo/);
  }, 150_000);
});
