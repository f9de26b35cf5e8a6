/** How many sockets and listening servers there are in this process. */
export function openSockets(): number {
  return process.getActiveResourcesInfo().filter((name) => /TCP|Pipe/.test(name)).length;
}
