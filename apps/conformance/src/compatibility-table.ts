import type { Behaviour } from './behaviour.js';

/** What became of a behaviour under a client. */
export type Outcome = 'passed' | 'failed' | { readonly lacks: string } | { readonly absent: string };

/** The table of clients and behaviours, filled cell by cell. */
export class CompatibilityTable {
  readonly #behaviours: readonly Behaviour[];
  readonly #clients: readonly string[];
  readonly #cells = new Map<string, Outcome>();

  /** The clients by name and version, in the order of the columns. */
  constructor(clients: readonly string[], behaviours: readonly Behaviour[]) {
    this.#clients = clients;
    this.#behaviours = behaviours;
  }

  record(client: string, behaviour: Behaviour, outcome: Outcome): void {
    this.#cells.set(key(client, behaviour), outcome);
  }

  /** The cells that have no outcome, as `client: group: behaviour`. */
  empty(): string[] {
    const all = this.#clients.flatMap((client) => this.#behaviours.map((behaviour) => key(client, behaviour)));
    return all.filter((cell) => !this.#cells.has(cell));
  }

  /** One table for each group, and below them all why cells are no check marks, and what else is to be said. */
  toMarkdown(remarks: readonly string[] = []): string {
    const reasons: string[] = [];
    const groups = [...new Set(this.#behaviours.map(({ group }) => group))];
    const tables = groups.map((group) => {
      const rows = this.#behaviours
        .filter((behaviour) => behaviour.group === group)
        .map((behaviour) => [behaviour.name, ...this.#clients.map((client) => this.#mark(client, behaviour, reasons))]);
      return markdownTable([[group, ...this.#clients], ...rows]);
    });
    const notes = reasons.map((reason, index) => `${index + 1}. ${reason}`).join('\n');
    const below = [notes, ...remarks].filter((text) => text !== '').map((text) => `\n${text}\n`);
    return `${tables.join('\n\n')}\n${below.join('')}`;
  }

  #mark(client: string, behaviour: Behaviour, reasons: string[]): string {
    const outcome = this.#cells.get(key(client, behaviour));
    if (outcome === undefined) {
      return '';
    }
    if (typeof outcome === 'string') {
      return outcome === 'passed' ? '✓' : '✗';
    }
    const [mark, reason] = 'lacks' in outcome ? ['–', outcome.lacks] : ['did not run', outcome.absent];
    const note = `${client}: ${reason}`;
    if (!reasons.includes(note)) {
      reasons.push(note);
    }
    return `${mark} (${reasons.indexOf(note) + 1})`;
  }
}

function key(client: string, behaviour: Behaviour): string {
  return `${client}: ${behaviour.group}: ${behaviour.name}`;
}

/** With columns padded, to be read as plain text too. */
function markdownTable(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0), 3));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const [head = [], ...body] = rows;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join('\n');
}
