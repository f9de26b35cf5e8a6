import type { Format } from '@riffq/wire';
import type { Interrupt } from '../../interrupt.js';
import type { EncodedParameters, ParameterValue } from '../../query-context.js';
import type { Statement } from '../../sql/statement.js';

/** How a statement is to be run. */
export interface StatementRequest {
  readonly statement: Statement;
  readonly args: readonly ParameterValue[];
  readonly parameterTypes: readonly number[];
  readonly protocol: 'simple' | 'extended';
  readonly interrupt: Interrupt;
  /** What a portal has beside its statement; a simple query has nothing of it. */
  readonly encodedArgs?: EncodedParameters;
  readonly resultFormats?: readonly Format[];
  readonly maxRows?: number;
  /** The portal that is run. */
  readonly portal?: string;
  /** Only the columns are wanted. */
  readonly describe?: boolean;
}
