/**
 * Bundles each Lambda entry into assets/<entry>/index.js: what the constructs deploy, what the tests and the demo run.
 * The output depends on the sources and the lock file alone, so two builds give the same bytes.
 */
import { readdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build, type Plugin } from 'esbuild';

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

export async function bundle(outdir = join(root, 'assets')): Promise<void> {
  rmSync(outdir, { recursive: true, force: true });
  for (const entry of readdirSync(join(root, 'lambda')).filter((file) => file.endsWith('.ts'))) {
    await build({
      entryPoints: [join(root, 'lambda', entry)],
      outfile: join(outdir, basename(entry, '.ts'), 'index.js'),
      absWorkingDir: root,
      bundle: true,
      minify: true,
      platform: 'node',
      target: 'node20',
      format: 'cjs',
      mainFields: ['module', 'main'],
      legalComments: 'none',
      plugins: [environmentCredentials],
    });
  }
}

if (require.main === module) void bundle();
