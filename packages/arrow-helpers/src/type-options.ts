import type { TextConversion } from './encode/text-as.js';
import { defaultOutputSettings, type OutputSettings } from './output-settings.js';

/** What decides, beside the Arrow type, how values are written. */
export interface TypeOptions {
  readonly settings: OutputSettings;
  /**
   * The conversion of a type's text to its binary form, for strings that are declared as another type (`PG:type`); undefined
   * for a type that has none.
   */
  textToBinary(oid: number): TextConversion | undefined;
  /** The same for the text that PostgreSQL prints, of any that it reads. */
  textToText(oid: number): TextConversion | undefined;
}

/** Text as PostgreSQL's defaults have it, and no conversions. */
export const defaultTypeOptions: TypeOptions = {
  settings: defaultOutputSettings,
  textToBinary: () => undefined,
  textToText: () => undefined,
};
