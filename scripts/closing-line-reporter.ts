import type { Reporter, TestCase, TestModule } from 'vitest/node';

/** Prints what did not run, by name and reason, and as the last line `N passed, N failed, N skipped`. */
export default class ClosingLineReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const passed = tests.filter((test) => test.result().state === 'passed').length;
    const failedTests = tests.filter((test) => test.result().state === 'failed').length;
    // A hook or a file that throws fails no test of its own, and still fails the run.
    const suites = modules.flatMap((module) => [module, ...module.children.allSuites()]);
    const brokenSuites = suites.filter((suite) => suite.errors().length > 0).length;
    const failed = failedTests + brokenSuites + unhandledErrors.length;
    const skipped = tests.length - passed - failedTests;
    for (const test of tests.filter((test) => !['passed', 'failed'].includes(test.result().state))) {
      console.log(`did not run: ${test.fullName}${reason(test)}`);
    }
    // Vitest prints its own summary after the reporters; the closing line has to come after that. An exit code without
    // a failure is one as well: the run's own set-up, say.
    process.once('exit', (code) => {
      console.log(`${passed} passed, ${code === 0 ? failed : Math.max(failed, 1)} failed, ${skipped} skipped`);
    });
  }
}

function reason(test: TestCase): string {
  const result = test.result();
  return result.state === 'skipped' && result.note ? ` (${result.note})` : '';
}
