/**
 * The library for other languages: built by jsii-pacmak, installed from what was built, and synthesized by the same example in
 * each, to the template that TypeScript synthesizes. A language whose tools are not there is skipped.
 */
import { strict as assert } from 'node:assert';
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { play, skip, step } from '../support/steps';
import { go } from './go';
import { java } from './java';
import type { App, Language } from './language';
import { BUILT, ROOT, run, tool, WORK } from './machine';
import { python } from './python';
import { installTypeScript } from './typescript';

interface Template {
  readonly Resources: Record<string, { readonly Type: string; readonly Metadata?: object }>;
}

/** The template that an app writes. Nothing is taken out of it. */
const templateOf = (language: string, { directory, command }: App): Template => {
  const outdir = path.join(WORK, 'out', language);
  run(directory, { CDK_OUTDIR: outdir }, ...command);
  return JSON.parse(readFileSync(path.join(outdir, 'People.template.json'), 'utf8'));
};

const build = (languages: Language[]): void => {
  for (const { prepare } of languages) prepare?.();
  const targets = languages.flatMap(({ target, options = [] }) => ['--target', target, ...options]);
  const environment = Object.assign({}, ...languages.map((language) => language.environment));
  run(ROOT, environment, tool('jsii-pacmak'), '.', '--outdir', BUILT, ...targets);
};

const main = async (): Promise<void> => {
  const languages = [python, java, go].filter(({ name, missing }) => {
    const lacks = missing();
    if (lacks) skip(name, `for want of ${lacks}`);
    return !lacks;
  });

  let expected: Template;
  await step('TypeScript: the example synthesizes with the tarball', () => {
    expected = templateOf('typescript', installTypeScript());
    const types = Object.values(expected.Resources).map(({ Type }) => Type);
    for (const type of ['AWS::Cognito::UserPool', 'AWS::Lambda::Function', 'AWS::ApiGatewayV2::Route'])
      assert.ok(types.includes(type), `${type} is missing`);
    // They tell of languages, and are the CLI's to ask for.
    assert.ok(!types.includes('AWS::CDK::Metadata') && !JSON.stringify(expected).includes('aws:cdk:path'));
  });
  if (!languages.length) return;

  await step(`jsii-pacmak builds the package for ${languages.map(({ name }) => name).join(', ')}`, () =>
    build(languages),
  );
  for (const { name, target, install } of languages) {
    let app: App;
    await step(`${name}: the example takes what was built`, () => {
      app = install();
    });
    await step(`${name}: it synthesizes to the template of TypeScript`, () => {
      assert.deepEqual(templateOf(target, app), expected);
    });
    // What is so for one of them is so for all: the quickest will do.
    if (target !== languages.at(-1)!.target) continue;
    await step(`${name}: the preview shows its messages`, () => {
      const preview = [path.join(ROOT, 'bin/cdk-cognito-messages.js'), 'preview', '--out', 'preview'];
      const shown = run(app.directory, {}, 'node', ...preview, '--app', app.command.join(' '));
      assert.match(shown, /in all +2 /);
    });
  }
};

void play(main).finally(() => rmSync(WORK, { recursive: true, force: true }));
