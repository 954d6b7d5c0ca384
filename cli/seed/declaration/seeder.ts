/** From a seeder of a template to what it declares. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { MalformedProperties } from '../../../lib/private/contracts/fields';
import { decode, type Seed } from '../../../lib/private/contracts/seed';
import type { Source } from '../../../lib/private/contracts/seed-source';
import { decodeRun } from '../../../lib/private/contracts/seed-run';
import { CommandError } from '../../preview/errors';
import type { FoundSeeder } from './assembly';
import type { Declaration, Engine } from './declaration';
import { described, isDeferred } from './deferred';
import { known } from './known';
import { knownOwner } from './known-owner';

const ASSUMED_PACE = '10';

/** @param object the local copy of an object that is read from a bucket at deployment */
export function seederDeclaration(found: FoundSeeder, object?: string): Declaration {
  const { title, stack, logicalId, made } = found;
  // Whoever plans reads the pool with credentials of their own, and the ARN may be known at deployment only.
  const { PoolRoleArn: poolRole, ...properties } = found.properties;
  const isPaceKnown = !isDeferred(String(properties.RequestsPerSecond));
  const { seed, notes } = knownOwner(
    decoded(title, { ...properties, ...(isPaceKnown ? {} : { RequestsPerSecond: ASSUMED_PACE }) }),
  );
  const { source, deferred } = known(title, located(seed.source, found, object));
  return {
    title,
    stack,
    logicalId,
    seed: { ...seed, source },
    engine: engineOf(properties.Run),
    made,
    deferred,
    notes: [
      ...notes,
      ...(poolRole === undefined ? [] : ['poolRole is not taken on: the pool is read with your own credentials.']),
      ...(isPaceKnown ? [] : [`requestsPerSecond is known at deployment only; ${ASSUMED_PACE} is assumed.`]),
    ],
  };
}

const decoded = (title: string, properties: unknown): Seed => {
  try {
    return decode(properties);
  } catch (error) {
    if (!(error instanceof MalformedProperties)) throw error;
    throw new CommandError(`${title} cannot be read: ${error.message}`);
  }
};

/** The source with the files on this computer in place of those in buckets. */
const located = (source: Source, { title, assetFile }: FoundSeeder, object: string | undefined): Source => {
  if (source.kind === 'file') {
    const bucket = assetFile(source.file.key);
    if (bucket !== undefined && existsSync(bucket)) return { kind: 'file', file: { ...source.file, bucket } };
    throw new CommandError(
      `the rows of ${source.file.name}, which ${title} declares, are not in the assembly: synthesize the app again, or pass --file`,
    );
  }
  if (source.kind !== 'object') return source;
  const { key, bucket, checksum } = source.object;
  if (object === undefined) {
    throw new CommandError(
      `${title} reads its users from the object ${described(key)} of the bucket ${described(bucket)}: download it, and pass --object FILE`,
    );
  }
  return {
    kind: 'object',
    object: {
      ...source.object,
      bucket: path.resolve(object),
      key: path.basename(object),
      // One that is known at deployment only says nothing here.
      checksum: checksum !== undefined && isDeferred(checksum) ? undefined : checksum,
    },
  };
};

const engineOf = (run: unknown): Engine => {
  if (run === undefined) return { kind: 'lambda' };
  const { waitForCompletion, toleratedFailures } = decodeRun(run);
  return { kind: 'step-functions', waitForCompletion, toleratedFailures };
};
