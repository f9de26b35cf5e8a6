// `npx --yes pnpm@12 site`: the API reference out of the sources' comments, then the documentation as a website.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Application } from 'typedoc';
import { build } from 'vitepress';

const root = fileURLToPath(new URL('..', import.meta.url));
const packages = readdirSync(join(root, 'packages')).map((name) => join(root, 'packages', name));

const application = await Application.bootstrapWithPlugins({
  plugin: ['typedoc-plugin-markdown'],
  name: 'riffq',
  entryPointStrategy: 'packages',
  entryPoints: packages,
  packageOptions: {
    entryPoints: ['src/index.ts'],
    tsconfig: join(root, 'tsconfig.json'),
    readme: 'none',
    // That is what `typecheck` is for.
    skipErrorChecking: true,
    disableSources: true,
    excludeInternal: true,
    // Node's own comments are written in HTML that a website's builder does not take.
    excludeExternals: true,
  },
  readme: 'none',
  entryFileName: 'index',
  out: join(root, 'docs/reference/api'),
  logLevel: 'Warn',
});
const project = await application.convert();
if (project === undefined || application.logger.hasErrors()) {
  process.exit(1);
}
await application.generateOutputs(project);

await build(join(root, 'docs'));
