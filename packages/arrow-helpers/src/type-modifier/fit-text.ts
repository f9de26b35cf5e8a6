import { elementTypeOid, typeOid } from '@riffq/wire';
import { defaultOutputSettings } from '../output-settings.js';
import type { PostgresType } from '../postgres-type-name.js';
import { spanOf } from '../text-output/interval-span.js';
import { intervalText } from '../text-output/interval-text.js';
import { isIntervalFault } from '../text-values/interval-sum.js';
import { parseInterval } from '../text-values/interval-text.js';
import { cutName } from '../text-values/name-text.js';
import { arrayType } from '../type-functions/array-type.js';
import { textType } from '../type-functions/text-types.js';
import { defaultTextSettings } from '../type-functions/type-functions.js';
import { fitTimestampText, fitTimeText } from './fit-moment.js';
import { fitBits, fitCharacters } from './fit-string.js';
import { fitInterval, keepsIntervals } from './interval-modifier.js';
import { fitNumericText, HEADER_BYTES, numericModifier } from './numeric-modifier.js';
import { MAXIMUM_DIGITS } from './round-seconds.js';

/** What the modifier of a type makes of the text of a value that is assigned to it; throws UnsendableValue. */
export type TextFit = (text: string) => string;

/** What the type, or its modifier, makes of text; undefined where it leaves all as it is. */
export function textFit({ typeOid: oid, typeModifier }: PostgresType): TextFit | undefined {
  if (oid === typeOid.name) return cutName;
  if (typeModifier < 0) return undefined;
  switch (oid) {
    case typeOid.numeric: {
      const modifier = numericModifier(typeModifier);
      return modifier && ((text) => fitNumericText(text, modifier));
    }
    case typeOid.varchar:
    case typeOid.bpchar: {
      const length = typeModifier - HEADER_BYTES;
      return length < 0 ? undefined : (text) => fitCharacters(text, length, oid === typeOid.bpchar);
    }
    case typeOid.bit:
    case typeOid.varbit:
      return (text) => fitBits(text, typeModifier, oid === typeOid.varbit);
    case typeOid.time:
    case typeOid.timetz:
      return typeModifier >= MAXIMUM_DIGITS ? undefined : (text) => fitTimeText(text, typeModifier);
    case typeOid.timestamp:
    case typeOid.timestamptz:
      return typeModifier >= MAXIMUM_DIGITS ? undefined : (text) => fitTimestampText(text, typeModifier);
    case typeOid.interval:
      return keepsIntervals(typeModifier) ? undefined : (text) => fitIntervalText(text, typeModifier);
    default:
      return arrayFit(oid, typeModifier);
  }
}

/** The modifier of an array is that of its elements. */
function arrayFit(oid: number, typeModifier: number): TextFit | undefined {
  const elementOid = elementTypeOid(oid);
  const fit = elementOid === undefined ? undefined : textFit({ typeOid: elementOid, typeModifier });
  if (elementOid === undefined || fit === undefined) return undefined;
  const array = arrayType(elementOid, { ...textType, input: fit });
  return (text) => array.output(array.input(text, defaultTextSettings), defaultOutputSettings);
}

function fitIntervalText(text: string, typeModifier: number): string {
  const parts = parseInterval(text);
  if (isIntervalFault(parts)) return text;
  return intervalText(spanOf(fitInterval(parts, typeModifier)), 'postgres');
}
