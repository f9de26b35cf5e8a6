/** Whether what tests need is not here, for `describe.skipIf`; in CI that is an error. */
export function isAbsent(isHere: boolean, complaint: string): boolean {
  if (!isHere && process.env['CI']) throw new Error(`did not run: ${complaint}`);
  return !isHere;
}
