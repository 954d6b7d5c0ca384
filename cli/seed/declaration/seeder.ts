/** From a seeder of a template to what it declares. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { decode, MalformedProperties, type Seed, type Source } from '../../../lib/private/contracts/seed';
import { decodeRun } from '../../../lib/private/contracts/seed-run';
import { CommandError } from '../../preview/errors';
import type { FoundSeeder } from './assembly';
import type { Declaration, DeferredUser, Engine } from './declaration';
import { deferredNames, described, isDeferred } from './deferred';

const ASSUMED_PACE = '10';

/** @param object the local copy of an object that is read from a bucket at deployment */
export function seederDeclaration(found: FoundSeeder, object?: string): Declaration {
  const { title, stack, logicalId, properties } = found;
  const isPaceKnown = !isDeferred(String(properties.RequestsPerSecond));
  const seed = decoded(title, { ...properties, ...(isPaceKnown ? {} : { RequestsPerSecond: ASSUMED_PACE }) });
  const { source, deferred } = known(title, located(seed.source, found, object));
  return {
    title,
    stack,
    logicalId,
    seed: { ...seed, source },
    engine: engineOf(properties.Run),
    deferred,
    notes: isPaceKnown ? [] : [`requestsPerSecond is known at deployment only; ${ASSUMED_PACE} is assumed.`],
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

/** Takes out what only the deployment knows. */
const known = (title: string, source: Source): { source: Source; deferred: DeferredUser[] } => {
  if (source.kind === 'inline') {
    const deferred = source.users
      .map(({ username, attributes }) => ({ username, attributes: deferredNames(attributes) }))
      .filter(({ username, attributes }) => isDeferred(username) || attributes.length > 0);
    const unknown = new Set(deferred.map(({ username }) => username));
    return {
      source: { kind: 'inline', users: source.users.filter(({ username }) => !unknown.has(username)) },
      deferred: deferred.map((user) =>
        isDeferred(user.username) ? { username: described(user.username), attributes: [] } : user,
      ),
    };
  }
  if (source.kind !== 'existing') return { source, deferred: [] };
  const { selector, attributes } = source.existing;
  if (isDeferred(Object.values(selector).join(' '))) {
    throw new CommandError(
      `${title} has a rule whose ${selector.kind} is known at deployment only: nobody can say before whom it selects`,
    );
  }
  const names = deferredNames(attributes);
  const rest = Object.fromEntries(Object.entries(attributes).filter(([name]) => !names.includes(name)));
  return {
    source: { kind: 'existing', existing: { selector, attributes: rest } },
    deferred: names.length > 0 ? [{ attributes: names }] : [],
  };
};

const engineOf = (run: unknown): Engine => {
  if (run === undefined) return { kind: 'lambda' };
  const { waitForCompletion, toleratedFailures } = decodeRun(run);
  return { kind: 'step-functions', waitForCompletion, toleratedFailures };
};
