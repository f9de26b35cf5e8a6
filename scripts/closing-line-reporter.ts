import type { Reporter, TestCase, TestModule } from 'vitest/node';

/** Prints what did not run, by name and reason, and as the last line `N passed, N failed, N skipped`. */
export default class ClosingLineReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const count = (state: string) => tests.filter((test) => test.result().state === state).length;
    const brokenModules = modules.filter((module) => module.state() === 'failed' && module.errors().length > 0).length;
    for (const test of tests.filter((candidate) => candidate.result().state === 'skipped')) {
      console.log(`did not run: ${test.fullName}${reason(test)}`);
    }
    // Vitest prints its own summary after the reporters; the closing line has to come after that.
    const failed = count('failed') + brokenModules + unhandledErrors.length;
    process.once('exit', () => console.log(`${count('passed')} passed, ${failed} failed, ${count('skipped')} skipped`));
  }
}

function reason(test: TestCase): string {
  const result = test.result();
  return result.state === 'skipped' && result.note ? ` (${result.note})` : '';
}
