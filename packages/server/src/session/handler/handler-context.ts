import type { Format } from '@riffq/wire';
import type { Interrupt } from '../../interrupt.js';
import type { Logger } from '../../logger.js';
import type { EncodedParameters, ParameterValue, QueryContext } from '../../query-context.js';
import type { Session } from '../../session.js';
import type { StatementRequest } from './statement-request.js';

const noFormats: readonly Format[] = [];
const noParameters: EncodedParameters = { values: [], formats: noFormats };

/** What `handleQuery` is told. The AbortSignal is made when the handler looks at it: most statements end before. */
export class HandlerContext implements QueryContext {
  readonly connectionId: number;
  readonly args: readonly ParameterValue[];
  readonly encodedArgs: EncodedParameters;
  readonly resultFormats: readonly Format[];
  readonly maxRows: number;
  readonly parameterTypes: readonly number[];
  readonly describe: boolean;
  readonly protocol: 'simple' | 'extended';
  declare readonly signal: AbortSignal;
  readonly #interrupt: Interrupt;

  constructor(
    readonly session: Session & { readonly host: { readonly logger: Logger } },
    request: StatementRequest,
  ) {
    this.connectionId = session.connectionId;
    this.args = request.args;
    this.encodedArgs = request.encodedArgs ?? noParameters;
    this.resultFormats = request.resultFormats ?? noFormats;
    this.maxRows = request.maxRows ?? 0;
    this.parameterTypes = request.parameterTypes;
    this.describe = request.describe ?? false;
    this.protocol = request.protocol;
    this.#interrupt = request.interrupt;
    Object.defineProperty(this, 'signal', HandlerContext.#signal);
  }

  /** A property of the object and not of its class: `{ ...context }` has to have it. */
  static readonly #signal: PropertyDescriptor & ThisType<HandlerContext> = {
    enumerable: true,
    get() {
      return this.#interrupt.signalFor(this.session.host.logger);
    },
  };
}
