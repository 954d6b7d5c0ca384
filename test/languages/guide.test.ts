import { readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.join(__dirname, '../..');
const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');
const example = (file: string): string => read(path.join('examples/languages', file));

const PROGRAMS = {
  ts: 'typescript/app.ts',
  python: 'python/app.py',
  java: 'java/src/main/java/com/example/People.java',
  go: 'go/main.go',
  csharp: 'dotnet/Program.cs',
};

test.each(Object.entries(PROGRAMS))('docs/languages.md shows the %s example as it is', (language, file) => {
  const shown = [...read('docs/languages.md').matchAll(/^```(\w+).*\n([^]*?)^```$/gm)];
  expect(shown.filter(([, info]) => info === language).map(([, , program]) => program)).toEqual([example(file)]);
});

// Nothing compiles it.
describe('the example for .NET', () => {
  const typescript = example(PROGRAMS.ts);
  const csharp = example(PROGRAMS.csharp);

  test('has the strings of TypeScript’s', () => {
    const program = typescript.replace(/^import [^]*?;$/gm, '');
    const strings = [...program.matchAll(/'([^']*)'/g)].map(([, string]) => string);
    // Keys of maps are names in TypeScript.
    const expected = [...strings, 'plan', 'plan', 'campaign', 'campaign'];
    expect([...csharp.matchAll(/"([^"]*)"/g)].map(([, string]) => string).sort()).toEqual(expected.sort());
  });

  test('has the names of TypeScript’s', () => {
    const names = [...typescript.matchAll(/(?:new |\.|^ +|[{(] ?|, )(\w+)(?=[:(,])/gm)].map(([, name]) => name!);
    const missing = names
      .filter((name) => !['plan', 'campaign', 'app', 'stack', 'userPool'].includes(name))
      .filter((name) => !new RegExp(`\\b${name[0]!.toUpperCase()}${name.slice(1)}\\b`).test(csharp));
    expect(names).toEqual(expect.arrayContaining(['UserAttributesSeeder', 'inline', 'givenName', 'maxLength']));
    expect(missing).toEqual([]);
  });
});

test('the examples name the lowest aws-cdk-lib that the library takes', () => {
  const lowest: string = JSON.parse(read('package.json')).devDependencies['aws-cdk-lib'];
  expect(example('java/pom.xml')).toContain(`<artifactId>aws-cdk-lib</artifactId>\n      <version>${lowest}</version>`);
  expect(example('go/go.mod')).toContain(`github.com/aws/aws-cdk-go/awscdk/v2 v${lowest}\n`);
  expect(example('python/requirements.txt')).toContain(`aws-cdk-lib>=${lowest},<3\n`);
  expect(example('dotnet/People.csproj')).toContain(`Include="Amazon.CDK.Lib" Version="[${lowest},3.0.0)"`);
});
