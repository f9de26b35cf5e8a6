import { defaultOutputSettings, type OutputSettings } from './output-settings.js';

/** What decides, beside the Arrow type, how values are written. */
export interface TypeOptions {
  readonly settings: OutputSettings;
}

/** Text as PostgreSQL's defaults have it. */
export const defaultTypeOptions: TypeOptions = { settings: defaultOutputSettings };
