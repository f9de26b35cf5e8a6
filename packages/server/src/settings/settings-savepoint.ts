/** Values that had been set at a savepoint. */
export interface SettingsSavepoint {
  readonly values: ReadonlyMap<string, string>;
  readonly hidden: ReadonlyMap<string, string | undefined>;
}
