/**
 * Whether a function has a use for its argument number `position`, from 0. `length` says nothing of rest parameters, of
 * those behind a default and of `arguments`, and a bound function or a proxy does not say what is behind it: those count.
 */
export function takesArgument(method: (...values: never) => unknown, position: number): boolean {
  if (method.length > position) return true;
  const text = Function.prototype.toString.call(method);
  const parameters = text.slice(0, text.search(/=>|\)\s*\{/));
  return /\.\.\.|=/.test(parameters) || /\barguments\b|\[native code\]/.test(text);
}
