import { types } from 'node:util';
import { disown } from './awaitable.js';
import { descriptorLimit } from './descriptor-limit.js';
import { onlyReservedLeft, tooManyClients, tooManyOfAddress } from './errors/limit-errors.js';
import { asFatal, toPgError } from './errors/to-pg-error.js';
import type { ResolvedLimits } from './limits.js';
import type { Session } from './session.js';

/** Who comes in. */
interface Client {
  /** Empty for clients of a Unix socket. */
  readonly address: string;
  readonly stream: { destroy(): void };
}

/**
 * Milliseconds that a client on its way in has before another one takes its place: enough, in a local network, to show who it
 * is. What comes faster than that is no use to anybody.
 */
const leastTime = 20;

/** So many may always be on their way in, as far as there are descriptors: who finds no place is to hear of it. */
const fewestArriving = Math.min(100, Math.floor(descriptorLimit() / 4));

/** Places for clients that are in, and as many, if not more, for those on their way in. */
class Places {
  readonly #count: number;
  readonly #arrivingCount: number;
  readonly #inside = new Set<Client>();
  /** When each has come; the longest first. */
  readonly #arriving = new Map<Client, number>();

  /** @param count - 0: as many as come */
  constructor(count: number) {
    this.#count = count;
    this.#arrivingCount = Math.max(count, fewestArriving);
  }

  get isEmpty(): boolean {
    return this.#inside.size + this.#arriving.size === 0;
  }

  /** Whether none is left, or none but so many. */
  isFull(reserved = 0): boolean {
    return this.#count > 0 && this.#inside.size >= this.#count - reserved;
  }

  /** Whether the next client on its way in would cut off one that has hardly come. */
  get isCrowded(): boolean {
    if (this.#count === 0 || this.#arriving.size < this.#arrivingCount) return false;
    for (const since of this.#arriving.values()) return performance.now() - since < leastTime;
    return false;
  }

  /** Takes a client on its way in; too many of them, and the one that is longest on its way is cut off. */
  arrive(client: Client): void {
    this.#arriving.set(client, performance.now());
    if (this.#count === 0 || this.#arriving.size <= this.#arrivingCount) return;
    for (const longest of this.#arriving.keys()) {
      this.#arriving.delete(longest);
      longest.stream.destroy();
      return;
    }
  }

  enter(client: Client): void {
    this.#arriving.delete(client);
    this.#inside.add(client);
  }

  leave(client: Client): void {
    this.#arriving.delete(client);
    this.#inside.delete(client);
  }
}

/**
 * Where clients come in, for as long as there is room. Who only connects and says nothing takes no place from those that are
 * in, nor for long from those that come: a flood of such clients cuts itself off.
 */
export class Entrance {
  readonly #limits: ResolvedLimits;
  readonly #all: Places;
  readonly #ofAddress = new Map<string, Places>();

  constructor(limits: ResolvedLimits) {
    this.#limits = limits;
    this.#all = new Places(limits.connections);
  }

  /** Whether the next client is to be taken at all: else a flood that comes back at once would leave nobody the time to come in. */
  get isOpen(): boolean {
    return !this.#all.isCrowded;
  }

  /** A client has connected. */
  arrive(client: Client): void {
    this.#all.arrive(client);
    const { connectionsPerAddress } = this.#limits;
    // Clients of a Unix socket have no address.
    if (connectionsPerAddress === 0 || client.address === '') return;
    const places = this.#ofAddress.get(client.address) ?? new Places(connectionsPerAddress);
    this.#ofAddress.set(client.address, places);
    places.arrive(client);
  }

  /** @throws PgError FATAL 53300 when there is no place for a client that has said what it wants. */
  requirePlace({ address }: Client): void {
    if (this.#all.isFull()) throw tooManyClients();
    if (this.#ofAddress.get(address)?.isFull()) throw tooManyOfAddress(address);
  }

  /** Gives its place to a client that is who it says. @throws PgError FATAL 53300 when there is none left for it */
  enter(client: Client, session: Session): void {
    this.requirePlace(client);
    if (!this.#mayTake(session)) throw onlyReservedLeft();
    this.#all.enter(client);
    this.#ofAddress.get(client.address)?.enter(client);
  }

  #mayTake(session: Session): boolean {
    const { count, mayUse } = this.#limits.reservedConnections;
    if (!this.#all.isFull(count)) return true;
    try {
      const answer: unknown = mayUse(session);
      if (!types.isPromise(answer)) return answer === true;
      disown(answer);
      throw new TypeError('reservedConnections.mayUse has to answer at once, not with a promise');
    } catch (error) {
      throw asFatal(toPgError(error));
    }
  }

  /** A client has left, from wherever it was. */
  leave(client: Client): void {
    this.#all.leave(client);
    const places = this.#ofAddress.get(client.address);
    places?.leave(client);
    if (places?.isEmpty) this.#ofAddress.delete(client.address);
  }
}
