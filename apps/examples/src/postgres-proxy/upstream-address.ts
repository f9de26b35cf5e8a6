/** Where the server behind the proxy listens. */
export type UpstreamAddress = { readonly host: string; readonly port: number } | { readonly path: string };

/**
 * Reads `postgres://host:port`, or the folder of a Unix socket: `/var/run/postgresql`, with another port than 5432
 * `/var/run/postgresql:5433`.
 */
export function parseUpstreamAddress(text: string): UpstreamAddress {
  if (text.startsWith('/')) {
    const [, folder = text, port = '5432'] = /^(.*?)(?::(\d+))?$/.exec(text) ?? [];
    return { path: `${folder}/.s.PGSQL.${port}` };
  }
  const url = new URL(text);
  if (url.protocol !== 'postgres:' && url.protocol !== 'postgresql:')
    throw new Error(`no address of a server: ${text}`);
  return { host: url.hostname.replace(/^\[|\]$/g, '') || 'localhost', port: Number(url.port || 5432) };
}
