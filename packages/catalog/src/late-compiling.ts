import { setFlagsFromString } from 'node:v8';

interface Flag {
  readonly name: string;
  readonly late: string;
  /** V8's own, which nothing tells at run time. */
  readonly usual: string;
}

const flags: readonly Flag[] = [
  {
    // How much a function of WebAssembly may run, in bytes of its code, before V8 compiles it again and better: here some seconds. Of
    // PostgreSQL's functions the largest take a tenth of a second of the processor and 40 MiB for that.
    name: '--wasm-tiering-budget',
    late: '--wasm-tiering-budget=2000000000',
    // It was raised once.
    usual: `--wasm-tiering-budget=${Number.parseInt(process.versions.v8, 10) < 12 ? 1_800_000 : 13_000_000}`,
  },
  // V8 compiles a function when it is first called, but looks through all of them before: nine megabytes, of which few are ever called.
  { name: '--wasm-lazy-validation', late: '--wasm-lazy-validation', usual: '--no-wasm-lazy-validation' },
];

let making = 0;

/**
 * Makes a module with which V8 does its work late: it checks a function when that is first called, and optimizes only what runs
 * for long. The flags, which hold for the whole process, are put back when the module is made; those that the program was started with stay.
 */
export async function lateCompiling<T>(make: () => Promise<T>): Promise<T> {
  const ours = flags.filter(({ name }) => !process.execArgv.some((argument) => argument.startsWith(name)));
  making += 1;
  for (const { late } of ours) setFlagsFromString(late);
  try {
    return await make();
  } finally {
    making -= 1;
    if (making === 0) for (const { usual } of ours) setFlagsFromString(usual);
  }
}
