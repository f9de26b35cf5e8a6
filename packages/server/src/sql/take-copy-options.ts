import type { RawCopyOption } from '@riffq/arrow-helpers';
import type { WordReader } from './word-reader.js';
import { stringValue } from './words.js';

/** COPY's options, in any of its syntaxes; null at the first word that is out of place. */
export function takeCopyOptions(words: WordReader): readonly RawCopyOption[] | null {
  words.take('WITH');
  return words.takeSymbol('(') ? takeListedOptions(words) : takeOldOptions(words);
}

/** `USING DELIMITERS ','`, as before PostgreSQL 7.3. */
export function takeOldDelimiter(words: WordReader): readonly RawCopyOption[] | null {
  const { position } = words;
  if (!words.take('USING', 'DELIMITERS') && !words.take('DELIMITERS')) return [];
  const value = takeString(words);
  return value === undefined ? null : [{ name: 'delimiter', value, position }];
}

/** `(a, b)`; null at the first word that is out of place. */
export function takeColumns(words: WordReader): readonly string[] | null {
  if (!words.takeSymbol('(')) return null;
  const columns = takeColumnList(words);
  return columns !== null && words.takeSymbol(')') ? columns : null;
}

/** `(FORMAT csv, HEADER, FORCE_QUOTE (a, b))` */
function takeListedOptions(words: WordReader): readonly RawCopyOption[] | null {
  const options: RawCopyOption[] = [];
  do {
    const { position } = words;
    const name = words.takeName();
    if (name === undefined) return null;
    const next = words.word?.text;
    const value = next === ',' || next === ')' ? undefined : takeValue(words);
    if (value === null) return null;
    options.push({ name, position, ...(value === undefined ? {} : { value }) });
  } while (words.takeSymbol(','));
  return words.takeSymbol(')') ? options : null;
}

/** `CSV HEADER DELIMITER AS ';' FORCE QUOTE a, b`, in any order, as before PostgreSQL 9.0. */
function takeOldOptions(words: WordReader): readonly RawCopyOption[] | null {
  const options: RawCopyOption[] = [];
  for (;;) {
    const { position } = words;
    const option = takeOldOption(words);
    if (option === undefined) return options;
    if (option === null) return null;
    options.push({ ...option, position });
  }
}

/** Undefined where no option begins; null at the first word that is out of place in one. */
function takeOldOption(words: WordReader): RawCopyOption | null | undefined {
  if (words.take('BINARY')) return { name: 'format', value: 'binary' };
  if (words.take('CSV')) return { name: 'format', value: 'csv' };
  if (words.take('HEADER')) return { name: 'header', value: true };
  if (words.take('FREEZE')) return { name: 'freeze', value: true };
  if (words.take('FORCE')) {
    const name = takeForceName(words);
    const columns = name === null ? null : words.takeSymbol('*') ? '*' : takeColumnList(words);
    return name === null || columns === null ? null : { name, value: { columns } };
  }
  const keyword = ['DELIMITER', 'NULL', 'QUOTE', 'ESCAPE', 'ENCODING'].find((each) => words.take(each));
  if (keyword === undefined) return undefined;
  if (keyword !== 'ENCODING') words.take('AS');
  const value = takeString(words);
  return value === undefined ? null : { name: keyword.toLowerCase(), value };
}

function takeForceName(words: WordReader): string | null {
  if (words.take('QUOTE')) return 'force_quote';
  const not = words.take('NOT');
  if (!words.take('NULL')) return null;
  return not ? 'force_not_null' : 'force_null';
}

function takeString(words: WordReader): string | undefined {
  if (words.word?.kind !== 'string') return undefined;
  const { text } = words.word;
  words.skip();
  return stringValue(text);
}

type Value = NonNullable<RawCopyOption['value']>;

/** Null at a word that is no value. */
function takeValue(words: WordReader): Value | null {
  const { word } = words;
  if (words.takeSymbol('(')) {
    const columns = takeColumnList(words, () => words.takeName() ?? takeString(words));
    return columns !== null && words.takeSymbol(')') ? { columns } : null;
  }
  if (words.takeSymbol('*')) return { columns: '*' };
  const sign = words.takeSymbol('-') ? '-' : words.takeSymbol('+') ? '+' : '';
  if (words.word?.kind === 'number') return Number(`${sign}${words.skip()?.text}`);
  if (sign !== '') return null;
  if (word?.kind === 'string') return takeString(words) ?? null;
  if (words.take('TRUE')) return true;
  if (words.take('FALSE')) return false;
  return words.takeName() ?? null;
}

function takeColumnList(words: WordReader, takeColumn = () => words.takeName()): readonly string[] | null {
  const columns: string[] = [];
  do {
    const name = takeColumn();
    if (name === undefined) return null;
    columns.push(name);
  } while (words.takeSymbol(','));
  return columns;
}
