/**
 * Compiles the TypeScript of docs/*.md as jsii-rosetta compiles the README's: in the fixture, unless a snippet says `nofixture`.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..');
const work = join(root, '.snippets'); // below the root, where modules are found
rmSync(work, { recursive: true, force: true });
mkdirSync(work);

const [above, below] = readFileSync(join(root, 'rosetta/default.ts-fixture'), 'utf8').split('/// here');
const inFixture = (snippet: string): string => {
  const imports = snippet.match(/^import .*$/gm) ?? [];
  return [...imports, above, snippet.replace(/^import .*$/gm, ''), below].join('\n');
};

let count = 0;
for (const file of readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md'))) {
  for (const [, info, snippet] of readFileSync(join(root, 'docs', file), 'utf8').matchAll(/```ts *(.*)\n([^]*?)```/g)) {
    count += 1;
    writeFileSync(join(work, `${file}-${count}.ts`), info === 'nofixture' ? snippet : inFixture(snippet));
  }
}
const compilerOptions = {
  noEmit: true,
  strict: true,
  skipLibCheck: true,
  target: 'es2022',
  module: 'node16',
  types: ['node'],
  paths: { 'cdk-cognito-user-attributes': ['../lib'], 'cdk-cognito-user-attributes/*': ['../*'] },
};
writeFileSync(join(work, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }));
execFileSync(process.execPath, [require.resolve('typescript/bin/tsc'), '-p', work], { stdio: 'inherit' });
rmSync(work, { recursive: true });
console.log(`${count} snippets of docs/ compile`);
