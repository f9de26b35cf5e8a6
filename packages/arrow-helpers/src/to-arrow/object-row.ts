/** An object whose keys are columns. */
export type ObjectRow = Readonly<Record<string, unknown>>;
