import { identifierList } from './identifier-list.js';
import { invalidSetting } from './invalid-setting.js';

/** By how PostgreSQL spells them: how the words begin (some may go on as they like). */
const styles: readonly (readonly [name: string, word: RegExp])[] = [
  ['ISO', /^iso$/],
  ['SQL', /^sql$/],
  ['Postgres', /^postgres/],
  ['German', /^german$/],
];
const orders: readonly (readonly [name: string, word: RegExp])[] = [
  ['YMD', /^ymd$/],
  ['DMY', /^(?:dmy$|euro)/],
  ['MDY', /^(?:mdy|us|noneuro)/],
];

/**
 * DateStyle as PostgreSQL keeps it: an output style and an order of day, month and year. A value may name one of the two and
 * leave the other as it is.
 *
 * @throws PgError 22023 for a word that is neither, or for two of a kind that differ
 */
export function dateStyle(value: string, current = 'ISO, MDY'): string {
  const [oldStyle, oldOrder] = current.split(', ');
  let style: string | undefined;
  let order: string | undefined;
  const names = identifierList(value);
  if (names === undefined) throw invalidSetting('DateStyle', value, { detail: 'List syntax is invalid.' });
  for (const name of names) {
    const word = name.toLowerCase();
    const namedStyle = word === 'default' ? 'ISO' : nameOf(styles, word);
    const namedOrder = word === 'default' ? 'MDY' : nameOf(orders, word);
    if (namedStyle === undefined && namedOrder === undefined) {
      throw invalidSetting('DateStyle', value, { detail: `Unrecognized key word: "${name}".` });
    }
    if (isOther(style, namedStyle) || isOther(order, namedOrder)) {
      if (word === 'default') continue;
      throw invalidSetting('DateStyle', value, { detail: 'Conflicting "DateStyle" specifications.' });
    }
    style = namedStyle ?? style;
    order = namedOrder ?? order;
  }
  // German dates have one order, unless it is said otherwise.
  if (style === 'German') order ??= 'DMY';
  return `${style ?? oldStyle}, ${order ?? oldOrder}`;
}

function nameOf(words: typeof styles, word: string): string | undefined {
  return words.find(([, pattern]) => pattern.test(word))?.[0];
}

function isOther(known: string | undefined, named: string | undefined): boolean {
  return known !== undefined && named !== undefined && known !== named;
}
