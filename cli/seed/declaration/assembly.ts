/**
 * Finds the seeders of a cloud assembly, in its stacks, nested stacks and stages. The manifests are read as plain JSON, so that
 * an assembly newer than the installed aws-cdk-lib is read all the same.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { CommandError } from '../../preview/errors';
import { isRecord, type Json, readJson } from '../../preview/json';
import { type Made, together } from './made';
import { pathsOf } from './paths';
import { constructPath, madeBy, resolve, resourcesOf, SEEDER, type Template } from './template';

/** A seeder as its template has it. */
export interface FoundSeeder {
  readonly title: string;
  readonly stack: string;
  readonly logicalId: string;
  /** What is known at deployment only is marked: see deferred.ts. */
  readonly properties: Json;
  /** The file that is uploaded under a key. */
  readonly assetFile: (key: string) => string | undefined;
  /** What the assembly makes beside the seeder. */
  readonly made: Made;
}

const DAMAGED = 'synthesize the app again';
const NESTED = 'AWS::CloudFormation::Stack';

export function findSeeders(assembly: string): FoundSeeder[] {
  const manifest = path.join(assembly, 'manifest.json');
  if (!existsSync(manifest)) {
    throw new CommandError(
      `${assembly} is no cloud assembly (it has no manifest.json): run cdk synth, and name its output`,
    );
  }
  const artifacts = Object.entries(record(readJson(manifest, DAMAGED).artifacts)).flatMap(([id, artifact]) =>
    isRecord(artifact) ? [{ id, artifact, properties: record(artifact.properties) }] : [],
  );
  const of = (type: string, property: string) =>
    artifacts.flatMap(({ id, artifact, properties }) => {
      const name = properties[property];
      if (artifact.type !== type || typeof name !== 'string') return [];
      return [{ artifact, stack: textOr(properties.stackName, id), file: path.resolve(assembly, name) }];
    });

  const assets = new Map(of('cdk:asset-manifest', 'file').flatMap(({ file }) => assetsIn(file)));
  const templates = of('aws:cloudformation:stack', 'templateFile').flatMap(({ artifact, stack, file }) =>
    templatesIn(file, { stack, paths: pathsOf(artifact, assembly), parameters: {} }, assets),
  );
  const made = together(templates.map(madeBy));
  return [
    ...templates.flatMap((template) => seedersIn(template, made, assets)),
    ...of('cdk:cloud-assembly', 'directoryName').flatMap(({ file }) => findSeeders(file)), // stages
  ];
}

/** Files by the keys under which they are uploaded. */
const assetsIn = (manifest: string): [key: string, file: string][] =>
  Object.values(record(readJson(manifest, DAMAGED).files))
    .filter(isRecord)
    .flatMap(({ source, destinations }) => {
      const name = record(source).path;
      if (typeof name !== 'string') return [];
      const file = path.resolve(path.dirname(manifest), name);
      return Object.values(record(destinations)).map((place): [string, string] => [
        String(record(place).objectKey),
        file,
      ]);
    });

/** A stack's template, and those of the stacks that are nested in it. */
const templatesIn = (
  file: string,
  around: Omit<Template, 'resources'>,
  assets: ReadonlyMap<string, string>,
): Template[] => {
  const template: Template = { ...around, resources: resourcesOf(readJson(file, DAMAGED)) };
  const nested = Object.values(template.resources).filter(({ Type }) => Type === NESTED);
  return [template, ...nested.flatMap(({ Properties }) => nestedIn(record(Properties), template, assets))];
};

const nestedIn = (properties: Json, template: Template, assets: ReadonlyMap<string, string>): Template[] => {
  const { TemplateURL, Parameters } = record(resolve(properties, template));
  // The bucket's name is known at deployment only; the key stands at the end.
  const file = assets.get(String(TemplateURL).split('/').at(-1)!);
  return file ? templatesIn(file, { ...template, parameters: record(Parameters) }, assets) : [];
};

const seedersIn = (template: Template, made: Made, assets: ReadonlyMap<string, string>): FoundSeeder[] =>
  Object.entries(template.resources)
    .filter(([, { Type }]) => Type === SEEDER)
    .map(([logicalId, { Properties }]) => ({
      title: constructPath(logicalId, template) ?? `${template.stack}.${logicalId}`,
      stack: template.stack,
      logicalId,
      properties: record(resolve(record(Properties), template)),
      assetFile: (key: string) => assets.get(key),
      made,
    }));

const record = (value: unknown): Json => (isRecord(value) ? value : {});
const textOr = (value: unknown, other: string): string => (typeof value === 'string' ? value : other);
