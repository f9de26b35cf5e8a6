/** A promise that is settled from outside. */
export class Settlement<T> {
  readonly promise: Promise<T>;
  resolve: (value: T) => void = () => {};
  reject: (reason: unknown) => void = () => {};

  constructor() {
    this.promise = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
    // A rejection that nobody waits for is nobody's business.
    this.promise.catch(() => {});
  }
}
