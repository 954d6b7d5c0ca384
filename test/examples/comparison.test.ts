/** The figures of examples/without/README.md are those of the files and templates. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { App } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { runExample } from '../support/example-apps';
import { onLowestCdk } from '../support/cdk-version';
import { findingsOf } from '../support/findings';
import { linesOfCode } from '../support/lines-of-code';

const EXAMPLES = path.join(__dirname, '../../examples');
const outdir = mkdtempSync(path.join(tmpdir(), 'comparison-'));
afterAll(() => rmSync(outdir, { recursive: true }));

const sources = (folder: string, pattern: RegExp): string[] =>
  readdirSync(path.join(EXAMPLES, folder))
    .filter((file) => pattern.test(file))
    .map((file) => path.join(EXAMPLES, folder, file));
const lines = (files: string[]): number => files.reduce((sum, file) => sum + linesOfCode(file), 0);

const synthesized = (folder: string): App => {
  const app = runExample(folder, { outdir: path.join(outdir, folder), context: { 'aws:cdk:bundling-stacks': [] } });
  app.synth();
  return app;
};
const resources = (app: App): { Type: string }[] =>
  app
    .synth()
    .stacks.flatMap(({ template }): { Type: string }[] => Object.values(template.Resources))
    .filter(({ Type }) => Type !== 'AWS::CDK::Metadata');
const findings = (app: App) =>
  findingsOf(new AwsSolutionsChecks(), app).filter(({ place }) => !place.startsWith('Pool/'));

test('its figures are true', () => {
  const WITH = sources('with', /\.ts$/);
  const WITHOUT = sources('without', /\.ts$/);
  const functions = WITHOUT.filter((file) => /(messages|profile)\.ts$/.test(file));
  const TERRAFORM = [...sources('without/terraform', /\.tf$/), ...functions];
  const [own, byHand] = [synthesized('with'), synthesized('without')];
  const row = (title: string, ...cells: (number | string)[]): string => `| ${[title, ...cells].join(' | ')} |`;
  const count = (app: App, type: string) => resources(app).filter(({ Type }) => Type === type).length;
  const rows = [
    row('Lines of code', lines(WITH), lines(WITHOUT), lines(TERRAFORM)),
    row('of which functions to be maintained', 0, lines(functions), lines(functions)),
    row('Files', WITH.length, WITHOUT.length, TERRAFORM.length),
    row('Resources in the template', resources(own).length, resources(byHand).length, 'not run'),
    row('of which functions', ...[own, byHand].map((app) => count(app, 'AWS::Lambda::Function')), 2),
    row('AwsSolutions findings outside the pool', findings(own).length, findings(byHand).length, 'not run'),
  ];
  const readme = readFileSync(path.join(EXAMPLES, 'without/README.md'), 'utf8').replace(/ +/g, ' ');
  if (onLowestCdk) expect(rows.filter((line) => !readme.includes(line))).toEqual([]);
});
