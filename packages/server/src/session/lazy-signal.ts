import type { Session } from '../session.js';

interface Signalled {
  readonly signal: AbortSignal;
}

/** One for all: an object with a getter of its own making would be of a hidden class of its own, which V8 makes slowly and keeps long. */
const lazySignal: PropertyDescriptor & ThisType<{ readonly session: Session }> = {
  enumerable: true,
  get() {
    return this.session.signal;
  },
};

/** What a handler is told, with the session's signal, which is made when the handler looks at it. `{ ...context }` has it too. */
export function withSignal<C extends { readonly session: Session }>(context: C): C & Signalled {
  addSignal(context);
  return context;
}

function addSignal<C extends object>(context: C): asserts context is C & Signalled {
  Object.defineProperty(context, 'signal', lazySignal);
}
