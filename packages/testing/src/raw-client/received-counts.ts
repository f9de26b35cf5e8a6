/** How much a client has read; it goes on counting. */
export interface ReceivedCounts {
  /** All bytes that were read, under TLS those inside it. */
  readonly bytes: number;
  /** How many whole messages of each name came; names that did not come are not in it. */
  readonly messages: ReadonlyMap<string, number>;
}
