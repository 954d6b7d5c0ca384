/**
 * Finds the functions and layers of a cloud assembly that hold messages. The manifests are read as plain JSON: what this
 * needs of them has been the same since CDK 2.0, and an assembly newer than the installed aws-cdk-lib is read all the same.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { INDEX_FILE, MESSAGES_FOLDER } from '../../lib/private/contracts/message';
import { CommandError } from './errors';
import { isRecord, type Json, readJson } from './json';

/** A folder of messages, and by what names the app knows it: several stages share one asset. */
export interface Trigger {
  readonly titles: readonly string[];
  /** The asset's directory: of a function's code, or of a layer. */
  readonly directory: string;
}

const DAMAGED = 'synthesize the app again';

export function findTriggers(assembly: string): Trigger[] {
  const titles = new Map<string, string[]>();
  for (const { title, directory } of candidatesIn(assembly)) {
    if (!holdsMessages(directory)) continue;
    titles.set(directory, [...(titles.get(directory) ?? []), title]);
  }
  if (titles.size === 0) {
    throw new CommandError(
      `no stack of ${assembly} has a CustomMessageTrigger with messages: add one to the app, or name another assembly`,
    );
  }
  return [...titles].map(([directory, named]) => ({ titles: [...new Set(named)], directory }));
}

interface Candidate {
  readonly title: string;
  readonly directory: string;
}

function candidatesIn(assembly: string): Candidate[] {
  const manifest = path.join(assembly, 'manifest.json');
  if (!existsSync(manifest)) {
    throw new CommandError(
      `${assembly} is no cloud assembly (it has no manifest.json): run cdk synth, and name its output`,
    );
  }
  const artifacts = records(readJson(manifest, DAMAGED).artifacts);
  const of = (type: string, property: string): string[] =>
    artifacts
      .filter((artifact) => artifact.type === type && isRecord(artifact.properties))
      .map(({ properties }) => (properties as Json)[property])
      .filter((name) => typeof name === 'string')
      .map((name) => path.resolve(assembly, name));

  const assets = of('cdk:asset-manifest', 'file').flatMap(assetsIn);
  const templates = new Set([
    ...of('aws:cloudformation:stack', 'templateFile'),
    // Nested stacks are assets of the stack around them.
    ...assets.map(({ source }) => source).filter((source) => source.endsWith('.template.json')),
  ]);
  return [
    ...[...templates].flatMap((file) => candidatesOf(file, assets)),
    ...of('cdk:cloud-assembly', 'directoryName').flatMap(candidatesIn), // stages
  ];
}

interface Asset {
  readonly source: string;
  readonly objectKeys: readonly unknown[];
}

function assetsIn(manifest: string): Asset[] {
  return records(readJson(manifest, DAMAGED).files).flatMap(({ source, destinations }) => {
    if (!isRecord(source) || typeof source.path !== 'string') return [];
    return [
      {
        source: path.resolve(path.dirname(manifest), source.path),
        objectKeys: records(destinations).map(({ objectKey }) => objectKey),
      },
    ];
  });
}

function candidatesOf(template: string, assets: readonly Asset[]): Candidate[] {
  const resources = readJson(template, DAMAGED).Resources;
  return Object.entries(isRecord(resources) ? resources : {}).flatMap(([logicalId, resource]) => {
    const key = isRecord(resource) ? objectKeyOf(resource) : undefined;
    const directory = key && assets.find(({ objectKeys }) => objectKeys.includes(key))?.source;
    return directory ? [{ title: titleOf(logicalId, resource as Json), directory }] : [];
  });
}

/** Of what S3 object a function or a layer is made. */
function objectKeyOf({ Type, Properties }: Json): string | undefined {
  const place = { 'AWS::Lambda::Function': 'Code', 'AWS::Lambda::LayerVersion': 'Content' }[String(Type)];
  const content = place && isRecord(Properties) ? Properties[place] : undefined;
  const key = isRecord(content) ? content.S3Key : undefined;
  const name = isRecord(key) ? key['Fn::Sub'] : key;
  return typeof name === 'string' ? name : undefined;
}

/** The construct's path without the constructs that the trigger or the layer itself makes. */
function titleOf(logicalId: string, { Metadata }: Json): string {
  const constructPath = isRecord(Metadata) ? Metadata['aws:cdk:path'] : undefined;
  if (typeof constructPath !== 'string') return logicalId;
  return constructPath.replace(/\/Resource$/, '').replace(/(?<=.)\/(Handler|CognitoMessages)$/, '') || logicalId;
}

function holdsMessages(directory: string): boolean {
  const file = path.join(directory, MESSAGES_FOLDER, INDEX_FILE);
  if (!existsSync(file)) return false;
  // Anybody's function may have a folder of this name.
  const { sources, metadata } = readJson(file, DAMAGED);
  return isRecord(sources) && isRecord(metadata);
}

const records = (value: unknown): Json[] => (isRecord(value) ? Object.values(value).filter(isRecord) : []);
