/** The manifest's paths of constructs, for templates that have been synthesized without them. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { isRecord, type Json, readJson } from '../../preview/json';

const DAMAGED = 'synthesize the app again';

/** @returns paths by logical ids, without those that two stacks, one nested in the other, both have */
export const pathsOf = (artifact: Json, assembly: string): Map<string, string> => {
  const found = new Map<string, string>();
  const twice = new Set<string>();
  for (const [place, entries] of Object.entries(metadataOf(artifact, assembly))) {
    for (const entry of Array.isArray(entries) ? entries : []) {
      if (!isRecord(entry) || entry.type !== 'aws:cdk:logicalId' || typeof entry.data !== 'string') continue;
      if (found.has(entry.data)) twice.add(entry.data);
      found.set(entry.data, place.replace(/^\//, ''));
    }
  }
  for (const logicalId of twice) found.delete(logicalId);
  return found;
};

/** Newer versions of the CDK keep it in a file of its own. */
const metadataOf = ({ metadata, additionalMetadataFile }: Json, assembly: string): Json => {
  const inManifest = isRecord(metadata) ? metadata : {};
  if (typeof additionalMetadataFile !== 'string') return inManifest;
  const file = path.resolve(assembly, additionalMetadataFile);
  return existsSync(file) ? { ...inManifest, ...readJson(file, DAMAGED) } : inManifest;
};
