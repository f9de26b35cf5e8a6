import { PgError, sqlstate } from '@riffq/wire';

type Setting = readonly [name: string, value: string];

/** What an option without an argument sets; null for those that change nothing for a client. */
const flags: Readonly<Record<string, Setting | null>> = {
  ...{ b: null, E: null, j: null, n: null, T: null },
  e: ['DateStyle', 'euro'],
  F: ['fsync', 'false'],
  i: ['listen_addresses', '*'],
  l: ['ssl', 'true'],
  O: ['allow_system_table_mods', 'true'],
  P: ['ignore_system_indexes', 'true'],
  s: ['log_statement_stats', 'true'],
};

/** Which setting an option's argument is for; null for those that change nothing for a client. */
const settingsByOption: Readonly<Record<string, string | null>> = {
  ...{ C: null, D: null, r: null, v: null },
  B: 'shared_buffers',
  h: 'listen_addresses',
  k: 'unix_socket_directories',
  N: 'max_connections',
  p: 'port',
  S: 'work_mem',
  W: 'post_auth_delay',
};

/** By the first letters of the argument of -f (what the planner is not to use) and -t. */
const disabledPlans: Readonly<Record<string, string>> = {
  ...{ s: 'enable_seqscan', i: 'enable_indexscan', o: 'enable_indexonlyscan', b: 'enable_bitmapscan' },
  ...{ t: 'enable_tidscan', n: 'enable_nestloop', m: 'enable_mergejoin', h: 'enable_hashjoin' },
};
const statistics: Readonly<Record<string, string>> = {
  ...{ pa: 'log_parser_stats', pl: 'log_planner_stats', e: 'log_executor_stats' },
};

/**
 * The settings in the start-up parameter `options`, which is a command line
 * (https://www.postgresql.org/docs/18/app-postgres.html): `-c name=value`, `--name=value`, `-S 1000`, `-e`.
 *
 * @throws PgError FATAL 42601 for what is no option
 */
export function commandLineOptions(options: string): readonly Setting[] {
  const settings: Setting[] = [];
  const words = splitWords(options).values();
  for (const word of words) {
    if (word.startsWith('--')) settings.push(assignment(word, word.slice(2), word));
    else if (word.length < 2 || !word.startsWith('-')) throw invalidOption(word);
    else settings.push(...shortOptions(word, () => words.next().value));
  }
  return settings;
}

/** Options of a letter may follow each other in a word; an argument is the rest of it, or the next word. */
function shortOptions(word: string, nextWord: () => string | undefined): readonly Setting[] {
  const settings: Setting[] = [];
  for (let at = 1; at < word.length; at += 1) {
    const letter = word.charAt(at);
    if (Object.hasOwn(flags, letter)) {
      const setting = flags[letter];
      if (setting) settings.push(setting);
      continue;
    }
    const rest = word.slice(at + 1);
    const argument = rest || nextWord();
    if (argument === undefined) throw invalidOption(word);
    const setting = withArgument(letter, argument, word, rest === '' ? argument : word);
    if (setting !== null) settings.push(setting);
    break;
  }
  return settings;
}

/** @param lastWord - the one that the argument is in, which PostgreSQL names if that is wrong */
function withArgument(letter: string, argument: string, word: string, lastWord: string): Setting | null {
  switch (letter) {
    case 'c':
      return assignment(`-c ${argument}`, argument, word);
    case 'd': {
      const level = Number.parseInt(argument, 10) || 0;
      return ['log_min_messages', level > 0 ? `debug${level}` : 'notice'];
    }
    case 'f':
      return [named(disabledPlans, argument.slice(0, 1), lastWord), 'false'];
    case 't':
      return [named(statistics, argument.slice(0, argument.startsWith('p') ? 2 : 1), lastWord), 'true'];
  }
  if (!Object.hasOwn(settingsByOption, letter)) throw invalidOption(word);
  const name = settingsByOption[letter];
  return name ? [name, argument] : null;
}

function named(names: Readonly<Record<string, string>>, key: string, word: string): string {
  const name = Object.hasOwn(names, key) ? names[key] : undefined;
  if (name === undefined) throw invalidOption(word);
  return name;
}

function assignment(option: string, setting: string, word: string): Setting {
  if (setting === '') throw invalidOption(word);
  const equals = setting.indexOf('=');
  if (equals <= 0) throw missingValue(option);
  return [setting.slice(0, equals).replaceAll('-', '_'), setting.slice(equals + 1)];
}

/** Splits at unescaped blanks, as the postmaster does; a backslash keeps the character behind it. */
function splitWords(options: string): readonly string[] {
  return (options.match(/(?:\\.|\S)+/gs) ?? []).map((word) => word.replace(/\\(.)/gs, '$1'));
}

function missingValue(option: string): PgError {
  return syntaxError(`${option} requires a value`);
}

function invalidOption(word: string): PgError {
  return syntaxError(`invalid command-line argument for server process: ${word}`);
}

function syntaxError(message: string): PgError {
  const hint = 'Use "-c name=value" in options.';
  return new PgError({ severity: 'FATAL', sqlstate: sqlstate.syntax_error, message, hint });
}
