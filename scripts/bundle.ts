/**
 * Bundles what runs without this library's own sources: each Lambda entry into assets/<entry>/index.js (and its parts beside it), the messages for
 * people's own functions into custom-message/, each command into bin/. It is what the constructs deploy, what the package
 * ships, what the tests and the demo run. The output depends on the sources and the lock file alone, so two builds give the
 * same bytes.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
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
  const files = new Map<string, string | Uint8Array>();
  const add = async (options: BuildOptions, outfile: string) => {
    const { outputFiles } = await build({ ...options, outfile: join(outdir, outfile), write: false });
    for (const { path, contents } of outputFiles!) files.set(path, contents);
  };

  for (const [name, entry] of entries('lambda')) {
    const [folder, part = 'index'] = name.split('.');
    await add({ ...LAMBDA, entryPoints: [entry] }, join('assets', folder, `${part}.js`));
  }

  const runtime = join(root, 'lambda/message/messages.ts');
  // In both module systems: bundled into an ES module, CommonJS could not require Node's own modules.
  for (const [format, js, types] of [
    ['cjs', 'index.js', 'index.d.ts'],
    ['esm', 'index.mjs', 'index.d.mts'],
  ] as const) {
    await add({ ...LAMBDA, format, entryPoints: [runtime] }, join('custom-message', js));
    files.set(join(outdir, 'custom-message', types), declarations(runtime));
  }

  for (const [name, entry] of entries('cli')) {
    // aws-cdk-lib is there wherever the library is; the messages are those that the package ships.
    const external = ['aws-cdk-lib', '../custom-message'];
    await add(
      { ...OPTIONS, entryPoints: [entry], external, banner: { js: '#!/usr/bin/env node' } },
      join('bin', `${name}.js`),
    );
  }

  for (const folder of ['assets', 'custom-message', 'bin']) removeOthers(join(outdir, folder), files);
  for (const [file, contents] of files) replace(file, contents);
}

function removeOthers(folder: string, files: ReadonlyMap<string, unknown>): void {
  if (!existsSync(folder)) return;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    if (entry.isFile() && !files.has(file)) rmSync(file);
  }
}

/** Whoever reads it meanwhile has it whole, before or after; what is as it was stays untouched. */
function replace(file: string, contents: string | Uint8Array): void {
  if (existsSync(file) && readFileSync(file).equals(Buffer.from(contents))) return;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, contents);
  renameSync(`${file}.new`, file);
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
