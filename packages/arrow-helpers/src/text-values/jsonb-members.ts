import { COMMA, SPACE } from './json-bytes.js';

/** Of a member: where its key begins and ends, within the quotes, and where its value ends. */
const MEMBER_WIDTH = 3;
const FIRST_MEMBERS = 64;
/** Longer arrays are not kept for the next document. */
const MOST_KEPT = 65_536;
/** So few members are put in order without a call for each comparison. */
const FEW_MEMBERS = 16;
/** Above this many bytes one native copy is quicker than a loop. */
const LOOP_BYTES = 64;

const noBytes = new Uint8Array(0);

/** The members of the objects that have not ended, by where they have been written: jsonb has them in an order of its own, and once. */
export class JsonbMembers {
  #target: Uint8Array = noBytes;
  #members = new Int32Array(FIRST_MEMBERS * MEMBER_WIDTH);
  /** The end of the members of all objects: where the next one's begin. */
  top = 0;
  #order = new Int32Array(FIRST_MEMBERS);
  /** Members while they are put in order. */
  #moved: Uint8Array = noBytes;

  begin(target: Uint8Array): void {
    this.#target = target;
    this.top = 0;
  }

  /** Ends the document. */
  forget(): void {
    this.#target = noBytes;
    if (this.#moved.length > MOST_KEPT) this.#moved = noBytes;
    if (this.#members.length <= MOST_KEPT) return;
    this.#members = new Int32Array(FIRST_MEMBERS * MEMBER_WIDTH);
    this.#order = new Int32Array(FIRST_MEMBERS);
  }

  /** Adds a member, whose key is there. */
  add(keyStart: number, keyEnd: number): void {
    const { top } = this;
    if (top === this.#members.length) {
      const members = new Int32Array(2 * top);
      members.set(this.#members);
      this.#members = members;
    }
    this.#members[top] = keyStart;
    this.#members[top + 1] = keyEnd;
    this.top = top + MEMBER_WIDTH;
  }

  /** The value of the member that was added last ends here. */
  endValue(position: number): void {
    this.#members[this.top - 1] = position;
  }

  /** Ends the object whose members begin at `base`, and puts them in order if they are not; returns where they end. */
  end(base: number, position: number): number {
    const { top } = this;
    if (top === base) return position;
    this.endValue(position);
    this.top = base;
    for (let member = base + MEMBER_WIDTH; member < top; member += MEMBER_WIDTH) {
      if (this.#compare(member - MEMBER_WIDTH, member) >= 0) return this.#arrange(base, top, position);
    }
    return position;
  }

  /** Keys are in order of their lengths, then of their bytes. */
  #compare(one: number, other: number): number {
    const target = this.#target;
    const members = this.#members;
    const oneStart = members[one]!;
    const otherStart = members[other]!;
    const length = members[one + 1]! - oneStart;
    const longer = length - (members[other + 1]! - otherStart);
    if (longer !== 0) return longer;
    for (let at = 0; at < length; at++) {
      const difference = target[oneStart + at]! - target[otherStart + at]!;
      if (difference !== 0) return difference;
    }
    return 0;
  }

  #arrange(base: number, top: number, position: number): number {
    const members = this.#members;
    const count = this.#sort(base, top);
    const order = this.#order;
    const target = this.#target;
    const start = members[base]! - 1;
    const size = position - start;
    if (this.#moved.length < size) this.#moved = new Uint8Array(2 * size);
    const moved = this.#moved;
    moved.set(target.subarray(start, position));
    let to = start;
    for (let index = 0; index < count; index++) {
      if (index > 0) {
        target[to++] = COMMA;
        target[to++] = SPACE;
      }
      const member = order[index]!;
      const from = members[member]! - 1 - start;
      const end = members[member + 2]! - start;
      if (end - from > LOOP_BYTES) target.set(moved.subarray(from, end), to);
      else for (let at = from; at < end; at++) target[to + at - from] = moved[at]!;
      to += end - from;
    }
    return to;
  }

  /** Sets `order`, and returns how many members there are: of those with the same key the last counts. */
  #sort(base: number, top: number): number {
    const count = (top - base) / MEMBER_WIDTH;
    if (this.#order.length < count) this.#order = new Int32Array(2 * count);
    const order = this.#order;
    for (let index = 0; index < count; index++) order[index] = base + index * MEMBER_WIDTH;
    if (count > FEW_MEMBERS) order.subarray(0, count).sort((one, other) => this.#compare(one, other) || one - other);
    else {
      for (let index = 1; index < count; index++) {
        const member = order[index]!;
        let place = index;
        for (; place > 0 && this.#compare(order[place - 1]!, member) > 0; place--) order[place] = order[place - 1]!;
        order[place] = member;
      }
    }
    let kept = 0;
    for (let index = 0; index < count; index++) {
      if (index + 1 < count && this.#compare(order[index]!, order[index + 1]!) === 0) continue;
      order[kept++] = order[index]!;
    }
    return kept;
  }
}
