/**
 * Checks the snippets of the documents. The TypeScript below docs/ is compiled as jsii-rosetta compiles the README's: in the
 * fixture, unless a snippet says `nofixture`. JSON parses, Python compiles where there is one, and shells call tasks that exist.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface Snippet {
  readonly file: string;
  readonly line: number;
  /** What stands behind the opening fence. */
  readonly info: string;
  readonly text: string;
}

const root = join(__dirname, '..');
const work = join(root, '.snippets'); // below the root, where modules are found
const docs = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.md'))
  .map((name) => join('docs', name))
  .sort();

const snippetsOf = (file: string): Snippet[] => {
  const document = readFileSync(join(root, file), 'utf8');
  return [...document.matchAll(/^( *)```(\S.*)\n([^]*?)^\1```$/gm)].map(({ index, 1: indent, 2: info, 3: text }) => ({
    file,
    line: document.slice(0, index).split('\n').length,
    info: info!.trim(),
    text: text!.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
  }));
};
const snippets = [...docs, 'README.md', 'CONTRIBUTING.md', 'SECURITY.md'].flatMap(snippetsOf);
const written = (...languages: string[]) => snippets.filter(({ info }) => languages.includes(info.split(' ')[0]!));

const [above, below] = readFileSync(join(root, 'rosetta/default.ts-fixture'), 'utf8').split('/// here');
const inFixture = (snippet: string): string => {
  const imports = snippet.match(/^import .*$/gm) ?? [];
  return [...imports, above, snippet.replace(/^import .*$/gm, ''), below].join('\n');
};

const compiled = written('ts').filter(({ file }) => file !== 'README.md'); // which is rosetta's
rmSync(work, { recursive: true, force: true });
mkdirSync(work);
for (const { file, line, info, text } of compiled) {
  const name = `${file.replaceAll(/[/\\]/g, '-')}-${line}.ts`;
  writeFileSync(join(work, name), info === 'ts nofixture' ? text : inFixture(text));
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

const mistakes: string[] = [];
const check = (checked: readonly Snippet[], mistakeIn: (text: string) => string | undefined): number => {
  for (const { file, line, text } of checked) {
    const mistake = mistakeIn(text);
    if (mistake) mistakes.push(`${file}:${line}: ${mistake}`);
  }
  return checked.length;
};

const json = check(written('json'), (text) => {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
});

const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: object };
const commandOf = (name: string): string => readFileSync(join(root, 'cli', `${name}.ts`), 'utf8');
const shells = check(written('sh', 'shell', 'bash'), (text) => {
  const called = [...text.matchAll(/\bnpm (?:run ([\w:-]+)|test\b)/g)].map(([, task = 'test']) => task);
  const unknown = called.filter((task) => !Object.hasOwn(scripts, task));
  if (unknown.length > 0) return `there is no task ${unknown.join(', ')}`;
  const options = [...text.matchAll(/\b(cdk-cognito-\w+)\b([^\n#|&]*)/g)].flatMap(([, command, rest]) =>
    [...rest!.matchAll(/ (--[a-z-]+)/g)].map(([, option]) => [command!, option!] as const),
  );
  const strange = options.filter(
    ([command, option]) => !commandOf(command).includes(`${option} <`) && !commandOf(command).includes(`'${option}'`),
  );
  return strange.length > 0 ? `there is no option ${strange.map((one) => one.join(' ')).join(', ')}` : undefined;
});

const hasPython = spawnSync('python3', ['--version']).status === 0;
const python = hasPython
  ? check(written('python'), (text) => {
      const compiling = ['-c', 'import sys; compile(sys.stdin.read(), "snippet", "exec")'];
      const { status, stderr } = spawnSync('python3', compiling, { input: text, encoding: 'utf8' });
      return status === 0 ? undefined : stderr.trim().split('\n').pop();
    })
  : 0;

if (mistakes.length > 0) {
  console.error(mistakes.join('\n'));
  process.exit(1);
}
console.log(
  `The snippets of the documents: ${compiled.length} in TypeScript compile, ${json} in JSON parse, ${shells} of shells call ` +
    `what exists, ${hasPython ? `${python} in Python compile` : 'none in Python was compiled: there is no python3'}`,
);
