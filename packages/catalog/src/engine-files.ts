/** Where a file that the build made for the engine is: the same for the sources and for what is made of them. */
export function engineFile(
  name: 'engine-worker.js' | 'engine-host.js' | 'parser-worker.js' | 'image.br' | 'built-ins.json',
): URL {
  return new URL(`../dist/engine/${name}`, import.meta.url);
}
