/** Who is at the other end of a stream. */
export interface Peer {
  readonly ip: string;
  readonly port: number;
  readonly encrypted?: boolean;
  readonly serverName?: string;
  /** Where it connected to. */
  readonly serverIp?: string | undefined;
  readonly serverPort?: number | undefined;
}
