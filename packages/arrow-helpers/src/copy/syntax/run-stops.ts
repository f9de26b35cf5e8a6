import { fourTimes } from '../../four-times.js';
import { copyLongText } from '../values/copy-text.js';

/** After so many bytes without a stop native code looks for the next. */
const LONG_RUN = 96;

/** The characters at which a run of others ends that is copied as it is. */
export class RunStops {
  /** By byte: whether it is one. */
  readonly #flags = new Uint8Array(256);
  readonly #characters: readonly number[];
  /** Two of them that are no control characters, four times each. */
  readonly #firstFour: number;
  readonly #secondFour: number;
  /** By character: where the next one is, so that what is rare is not looked for in every run. */
  readonly #next: number[];
  /** Up to where stops are looked for, and the bytes up to there. */
  #end = 0;
  #part: Buffer | undefined;

  /** @param first, second - the ones beside newlines that are not always control characters */
  constructor(characters: readonly number[], first: number, second: number) {
    for (const character of characters) this.#flags[character] = 1;
    this.#characters = [...new Set(characters)];
    this.#next = this.#characters.map(() => -1);
    this.#firstFour = fourTimes(first);
    this.#secondFour = fourTimes(second);
  }

  /** Forgets where stops are: the bytes are others, of which those up to `end` count. */
  reset(end: number): void {
    this.#next.fill(-1);
    this.#end = end;
    this.#part = undefined;
  }

  /** Copies the run at `from` to `to`, with up to seven bytes behind it; returns its end, where there is a stop. */
  copyRun(target: Buffer, targetView: DataView, to: number, bytes: Buffer, view: DataView, from: number): number {
    const flags = this.#flags;
    const firstFour = this.#firstFour;
    const secondFour = this.#secondFour;
    const distance = to - from;
    let at = from;
    for (;;) {
      const word = view.getInt32(at, true);
      const more = view.getInt32(at + 4, true);
      targetView.setInt32(distance + at, word, true);
      targetView.setInt32(distance + at + 4, more, true);
      // The upper bit of a byte is set where it is below 0x20, or where its difference from one of the others is below 1. What
      // is behind such a byte may be wrong.
      const found =
        ((word - 0x2020_2020) | ((word ^ firstFour) - 0x0101_0101) | ((word ^ secondFour) - 0x0101_0101)) &
        ~word &
        0x8080_8080;
      if (found !== 0) at += (31 - Math.clz32(found & -found)) >> 3;
      else {
        const foundMore =
          ((more - 0x2020_2020) | ((more ^ firstFour) - 0x0101_0101) | ((more ^ secondFour) - 0x0101_0101)) &
          ~more &
          0x8080_8080;
        if (foundMore === 0) {
          at += 8;
          if (at - from >= LONG_RUN) return this.copyRest(target, targetView, distance + at, bytes, view, at);
          continue;
        }
        at += 4 + ((31 - Math.clz32(foundMore & -foundMore)) >> 3);
      }
      if (flags[bytes[at]!] !== 0) return at;
      // Another control character.
      target[distance + at] = bytes[at]!;
      at++;
    }
  }

  /** The same for a run that has been long already: native code finds its end. */
  copyRest(target: Buffer, targetView: DataView, to: number, bytes: Buffer, view: DataView, from: number): number {
    const end = this.#find(bytes, from);
    copyLongText(target, targetView, to, bytes, view, from, end - from);
    return end;
  }

  #find(bytes: Buffer, from: number): number {
    this.#part ??= bytes.subarray(0, this.#end);
    const next = this.#next;
    let end = this.#end;
    for (let index = 0; index < next.length; index++) {
      if (next[index]! < from) {
        const found = this.#part.indexOf(this.#characters[index]!, from);
        next[index] = found < 0 ? this.#end : found;
      }
      if (next[index]! < end) end = next[index]!;
    }
    return end;
  }
}
