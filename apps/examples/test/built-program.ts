import { fileURLToPath } from 'node:url';

/** The file of a built example: they are tested as users run them. */
export function builtProgram(name: string): string {
  return fileURLToPath(new URL(`../dist/${name}.js`, import.meta.url));
}
