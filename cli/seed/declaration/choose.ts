/** Which seeders a plan is about, and which is whose former self. */
import { CommandError } from '../../preview/errors';
import type { FoundSeeder } from './assembly';
import type { Pair } from './declaration';
import { described, isDeferred } from './deferred';

export interface Choice {
  readonly stack?: string;
  /** A construct's path, whole or its end, or a logical id. */
  readonly seeder?: string;
}

type Named = Pick<FoundSeeder, 'title' | 'stack' | 'logicalId'>;

export const chosen = <T extends Named>(seeders: readonly T[], { stack, seeder }: Choice): T[] =>
  seeders.filter(
    (candidate) =>
      (stack === undefined || candidate.stack === stack || candidate.title.startsWith(`${stack}/`)) &&
      (seeder === undefined ||
        candidate.logicalId === seeder ||
        candidate.title === seeder ||
        candidate.title.endsWith(`/${seeder}`)),
  );

/** @throws where the assembly has no such seeder, naming those that it has */
export const requireSome = <T extends Named>(seeders: readonly T[], choice: Choice, assembly: string): T[] => {
  const found = chosen(seeders, choice);
  if (found.length > 0) return found;
  throw new CommandError(
    seeders.length === 0
      ? `no stack of ${assembly} has a UserAttributesSeeder: add one to the app, or name another assembly`
      : `no seeder of ${assembly} is called so; it has ${listed(seeders)}`,
  );
};

/** A seeder of two templates, or of one. */
export interface FoundPair {
  readonly desired?: FoundSeeder;
  readonly previous?: FoundSeeder;
}

/** Each seeder with its former self, and those that are no more. */
export const paired = (desired: readonly FoundSeeder[], previous: readonly FoundSeeder[]): FoundPair[] => {
  // Under another logical id, as after a change of the engine, CloudFormation makes a new resource, and removes the former.
  const isSame = (one: Named, other: Named) =>
    one.logicalId === other.logicalId && (one.title === other.title || one.stack === other.stack);
  const removed = previous.filter((former) => !desired.some((candidate) => isSame(candidate, former)));
  return [
    ...desired.map((found) => ({ desired: found, previous: previous.find((former) => isSame(former, found)) })),
    ...removed.map((former) => ({ previous: former })),
  ];
};

/** The pool of every pair: their own, or the one that has been named. */
export const withPools = (pairs: readonly Pair[], userPoolId: string | undefined): { pair: Pair; pool: string }[] => {
  const pools = new Set(pairs.map(poolOf));
  if (userPoolId !== undefined && pools.size > 1) {
    throw new CommandError(
      `--user-pool-id is one pool, and the seeders have several: choose with --stack or --seeder among ${poolsListed(pairs)}`,
    );
  }
  const unknown = pairs.filter((pair) => poolOf(pair) === '' || isDeferred(poolOf(pair)));
  if (userPoolId === undefined && unknown.length > 0) {
    throw new CommandError(
      pools.size > 1
        ? `the seeders have several pools, and not every id is known before the deployment: choose with --stack or --seeder among ${poolsListed(pairs)}, and pass --user-pool-id`
        : `${whyUnknown(poolOf(unknown[0]))}: pass --user-pool-id`,
    );
  }
  return pairs.map((pair) => ({ pair, pool: userPoolId ?? poolOf(pair) }));
};

const poolOf = ({ desired, previous }: Pair): string => (desired ?? previous)!.seed.userPoolId;

const whyUnknown = (pool: string): string =>
  pool === '' ? 'a file names no pool' : `the id of the pool ${described(pool)} is known at deployment only`;

const listed = (seeders: readonly Named[]): string => seeders.map(({ title }) => title).join(', ');

const poolsListed = (pairs: readonly Pair[]): string =>
  pairs.map((pair) => `${(pair.desired ?? pair.previous)!.title} (${described(poolOf(pair))})`).join(', ');
