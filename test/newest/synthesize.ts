/**
 * Synthesizes apps, each into a folder of its own: `tsx synthesize.ts <outdir> <app.ts>...`. With NEWEST_CDK, a folder in which
 * npm has installed one, on that aws-cdk-lib instead of the one that the library is developed on.
 */
import Module from 'node:module';
import path from 'node:path';

const [outdir, ...apps] = process.argv.slice(2);
const library = path.join(__dirname, '../../lib/index.ts');
const newest = process.env.NEWEST_CDK;

const loader = Module as unknown as { _resolveFilename(request: string, parent: unknown, ...more: unknown[]): string };
const resolve = loader._resolveFilename;
loader._resolveFilename = (request, parent, ...more) => {
  if (request === 'cdk-cognito-user-attributes') return library;
  const isNewest = newest && /^(aws-cdk-lib|constructs)(\/|$)/.test(request);
  return resolve.call(Module, request, isNewest ? { paths: [path.join(newest, 'node_modules')] } : parent, ...more);
};

// An app takes the folder when it is made, and is synthesized when all is over.
for (const app of apps) {
  process.env.CDK_OUTDIR = path.join(outdir, path.dirname(app).replaceAll('/', '-'));
  module.require(path.resolve(app));
}
