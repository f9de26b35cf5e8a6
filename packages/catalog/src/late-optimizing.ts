import { setFlagsFromString } from 'node:v8';

const flag = '--wasm-tiering-budget';
/**
 * How much a function of WebAssembly may run, in bytes of its code, before V8 compiles it again and better: here some seconds. Of
 * PostgreSQL's functions the largest take a tenth of a second of the processor and 40 MiB for that.
 */
const lateBudget = 2_000_000_000;
/** V8's own, which nothing tells at run time; it was raised once. */
const usualBudget = Number.parseInt(process.versions.v8, 10) < 12 ? 1_800_000 : 13_000_000;

let making = 0;

/**
 * Makes a module of which V8 optimizes only what runs for long. Functions get what they may run for when their module is made,
 * so the flag, which holds for the whole process, is put back after that; one that the program was started with stays.
 */
export async function lateOptimizing<T>(make: () => Promise<T>): Promise<T> {
  if (process.execArgv.some((argument) => argument.startsWith(flag))) return make();
  making += 1;
  setFlagsFromString(`${flag}=${lateBudget}`);
  try {
    return await make();
  } finally {
    making -= 1;
    if (making === 0) setFlagsFromString(`${flag}=${usualBudget}`);
  }
}
