/**
 * What the supervisor's process runs, with one argument, `{ folder, user }` as JSON. Each line of its input is a
 * program to run, `{ command, parameters }`; its output is lines of `{ pid }`, `{ output }` and, last for each program,
 * `{ ended }`. When its input ends it stops the program and removes the folder. A text, not a file: a bundle of this
 * module (the benchmarks are one) must find it too.
 */
export const supervisorProgram = `
const { spawn } = require('node:child_process');
const { rmSync } = require('node:fs');
const { createInterface } = require('node:readline');
const { folder, user } = JSON.parse(process.argv[1]);
const report = (fields) => process.stdout.write(JSON.stringify(fields) + '\\n');
let running;
process.stdout.on('error', () => undefined);
createInterface({ input: process.stdin })
  .on('line', (line) => {
    const { command, parameters } = JSON.parse(line);
    running = spawn(command, parameters, { ...user, cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
    let failure;
    running.once('spawn', () => report({ pid: running.pid }));
    running.once('error', (error) => { failure = error.message; });
    for (const stream of [running.stdout, running.stderr]) {
      stream.setEncoding('utf8').on('data', (output) => report({ output }));
    }
    running.once('close', (code, signal) => {
      running = undefined;
      report({ ended: failure ?? signal ?? 'exit code ' + code });
    });
  })
  .once('close', () => {
    const remove = () => {
      process.chdir('/');
      rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    };
    if (running?.pid === undefined) return remove();
    running.once('close', remove);
    // PostgreSQL's fast shutdown, and if that takes too long its immediate one.
    running.kill('SIGINT');
    setTimeout(() => running?.kill('SIGQUIT'), 5_000).unref();
  });
`;
