/**
 * Bundles what runs without this library's own sources: each Lambda entry into assets/<entry>/index.js (and its parts beside it), the messages for
 * people's own functions into custom-message/, each command into bin/. It is what the constructs deploy, what the package
 * ships, what the tests and the demo run. The output depends on the sources and the lock file alone, so two builds give the
 * same bytes.
 */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build, type BuildOptions, type Plugin } from 'esbuild';
import ts from 'typescript';

const root = join(__dirname, '..');

/**
 * Lambda hands credentials over in the environment. The SDK's default chain also knows SSO, profiles, instance metadata
 * and web identities: 130 kB and 20 ms of a cold start for ways that a function never takes.
 */
const environmentCredentials: Plugin = {
  name: 'environment-credentials',
  setup(builder) {
    builder.onResolve({ filter: /^@aws-sdk\/credential-provider-node$/ }, () => ({
      path: join(root, 'lambda', 'sdk', 'environment-credentials.ts'),
    }));
  },
};

/** Every client of the SDK brings along what it streams events with, should an operation do that: 13 kB, and none of ours does. */
const noEventStreams: Plugin = {
  name: 'no-event-streams',
  setup(builder) {
    builder.onResolve({ filter: /^@smithy\/core\/event-streams$/ }, ({ kind }) =>
      // Of S3's client it is a part.
      kind === 'dynamic-import' ? { path: join(root, 'lambda', 'sdk', 'no-event-streams.ts') } : undefined,
    );
  },
};

/** `lambda/<entry>.<part>.ts` is loaded where it is needed alone, out of its own file beside the entry's. */
const parts: Plugin = {
  name: 'parts',
  setup(builder) {
    builder.onResolve({ filter: /^\.\/[\w-]+\.[\w-]+\.js$/ }, ({ path, resolveDir }) =>
      resolveDir === join(root, 'lambda') ? { path: `./${path.split('.').at(-2)}.js`, external: true } : undefined,
    );
  },
};

const OPTIONS: BuildOptions = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  mainFields: ['module', 'main'],
  legalComments: 'none',
};
const LAMBDA: BuildOptions = { ...OPTIONS, minify: true, plugins: [environmentCredentials, noEventStreams, parts] };

export async function bundle(outdir = root): Promise<void> {
  for (const folder of ['assets', 'custom-message', 'bin'])
    rmSync(join(outdir, folder), { recursive: true, force: true });
  for (const [name, entry] of entries('lambda')) {
    const [folder, part = 'index'] = name.split('.');
    await build({ ...LAMBDA, entryPoints: [entry], outfile: join(outdir, 'assets', folder, `${part}.js`) });
  }

  const runtime = join(root, 'lambda/message/messages.ts');
  // In both module systems: bundled into an ES module, CommonJS could not require Node's own modules.
  for (const [format, js, types] of [
    ['cjs', 'index.js', 'index.d.ts'],
    ['esm', 'index.mjs', 'index.d.mts'],
  ] as const) {
    await build({ ...LAMBDA, format, entryPoints: [runtime], outfile: join(outdir, 'custom-message', js) });
    writeFileSync(join(outdir, 'custom-message', types), declarations(runtime));
  }

  for (const [name, entry] of entries('cli')) {
    const outfile = join(outdir, 'bin', `${name}.js`);
    // aws-cdk-lib is there wherever the library is; the messages are those that the package ships.
    const external = ['aws-cdk-lib', '../custom-message'];
    await build({ ...OPTIONS, entryPoints: [entry], outfile, external, banner: { js: '#!/usr/bin/env node' } });
  }
}

/** The files at the top of a folder; what stands behind them has folders of its own. */
function entries(folder: string): [name: string, file: string][] {
  if (!existsSync(join(root, folder))) return [];
  const files = readdirSync(join(root, folder)).filter((file) => file.endsWith('.ts'));
  return files.map((file) => [basename(file, '.ts'), join(root, folder, file)]);
}

/** The types of one file that shows nobody else's. */
function declarations(file: string): string {
  const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.Node16, strict: true };
  return ts.transpileDeclaration(readFileSync(file, 'utf8'), { fileName: file, compilerOptions }).outputText;
}

if (require.main === module) void bundle();
