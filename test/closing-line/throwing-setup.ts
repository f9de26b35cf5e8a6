/** A set-up that fails as one does whose server does not start. */
export function setup(): void {
  throw new Error('the oracle did not start');
}
