/**
 * What CloudFormation carries from `UserAttributesSeeder` to its function: written by the construct, read by the handler.
 * Structured, so that `cdk diff` names the user and the attribute that change. Everything arrives as a string.
 *
 * A new version is handed what a former one wrote, as the old properties: `decode` has to go on reading it.
 */
import { flag, list, malformed, oneOf, present, record, roleArn, text, texts } from './fields';
import { type Creation, type CreationWire, decodeCreation, encodeCreation } from './seed-creation';
import { decodeSource, encodeSource, type Source, type SourceWire } from './seed-source';

export type OnMissingUser = 'FAIL' | 'SKIP' | 'CREATE';
export type OnRemoval = 'RETAIN' | 'DESTROY';
/** What the declared values are compared with to find out who is to be changed. */
export type CompareWith = 'PREVIOUS_DECLARATION' | 'LIVE_POOL';
/** What a value becomes that a user had before the declaration's, when that goes. */
export type FormerValues = 'FORGET' | 'RESTORE';
/** Which values are only given to users who have none: those of all attributes, or of these. */
export type KeptAttributes = 'ALL' | readonly string[];

export interface Seed {
  readonly userPoolId: string;
  /** The role as which Cognito is asked; the functions' own unless there is one. */
  readonly poolRoleArn?: string;
  readonly source: Source;
  /** Goes with every change; a user's own keys win. */
  readonly clientMetadata?: Readonly<Record<string, string>>;
  readonly onMissingUser: OnMissingUser;
  /** How users are created; present where missing users are. */
  readonly creation?: Creation;
  readonly kept: KeptAttributes;
  readonly prune: boolean;
  readonly onRemoval: OnRemoval;
  readonly formerValues: FormerValues;
  readonly requestsPerSecond: number;
  readonly compareWith: CompareWith;
  /** The bucket of reports and former values; the other engine knows its own. */
  readonly bucket?: string;
  /** Declared names of the users whose `sub` the stack asks for, by the keys of their attributes. */
  readonly wanted: Readonly<Record<string, string>>;
}

/** What a declaration says that says no more than its pool and source. */
export const DEFAULTS: Omit<Seed, 'userPoolId' | 'source'> = {
  onMissingUser: 'FAIL',
  kept: [],
  prune: true,
  onRemoval: 'RETAIN',
  formerValues: 'FORGET',
  requestsPerSecond: 10,
  compareWith: 'PREVIOUS_DECLARATION',
  wanted: {},
};

export interface SeedWire extends SourceWire {
  readonly UserPoolId: string;
  readonly PoolRoleArn?: string;
  readonly ClientMetadata?: Record<string, string>;
  readonly MissingUsers: OnMissingUser;
  readonly Creation?: CreationWire;
  /** Absent: none. `*`: all. */
  readonly KeptAttributes?: '*' | string[];
  readonly Prune: string;
  readonly Removal: OnRemoval;
  /** Absent: forgotten. */
  readonly FormerValues?: FormerValues;
  readonly RequestsPerSecond: string | number;
  /** Absent: with the previous declaration. */
  readonly CompareWith?: CompareWith;
  readonly Bucket?: string;
  readonly Wanted?: Record<string, string>;
}

/** @param isToken tells whether a value is known only at deployment */
export const encode = (seed: Seed, isToken: (value: unknown) => boolean): SeedWire =>
  present({
    UserPoolId: seed.userPoolId,
    PoolRoleArn: seed.poolRoleArn,
    ...encodeSource(seed.source, isToken),
    ClientMetadata: seed.clientMetadata && { ...seed.clientMetadata },
    MissingUsers: seed.onMissingUser,
    Creation: seed.creation && encodeCreation(seed.creation),
    KeptAttributes: seed.kept === 'ALL' ? '*' : seed.kept.length > 0 ? [...seed.kept] : undefined,
    Prune: String(seed.prune),
    Removal: seed.onRemoval,
    FormerValues: seed.formerValues === 'RESTORE' ? seed.formerValues : undefined,
    // A number may be a token too, and String() would break it.
    RequestsPerSecond: isToken(seed.requestsPerSecond) ? seed.requestsPerSecond : String(seed.requestsPerSecond),
    CompareWith: seed.compareWith === 'LIVE_POOL' ? seed.compareWith : undefined,
    Bucket: seed.bucket,
    Wanted: Object.keys(seed.wanted).length > 0 ? { ...seed.wanted } : undefined,
  });

/** @throws naming the field that is not as `encode` writes it, and never its value */
export const decode = (properties: unknown): Seed => {
  const wire = record(properties, 'properties');
  const requestsPerSecond = Number(text(wire.RequestsPerSecond, 'RequestsPerSecond'));
  if (!(requestsPerSecond > 0)) throw malformed('RequestsPerSecond', 'a number above 0');
  const onMissingUser = oneOf(wire.MissingUsers, ['FAIL', 'SKIP', 'CREATE'], 'MissingUsers');
  return present({
    userPoolId: text(wire.UserPoolId, 'UserPoolId'),
    poolRoleArn: wire.PoolRoleArn === undefined ? undefined : roleArn(wire.PoolRoleArn, 'PoolRoleArn'),
    source: decodeSource(wire),
    clientMetadata: wire.ClientMetadata === undefined ? undefined : texts(wire.ClientMetadata, 'ClientMetadata'),
    onMissingUser,
    creation: onMissingUser === 'CREATE' ? decodeCreation(wire.Creation ?? {}) : undefined,
    kept: wire.KeptAttributes === '*' ? ('ALL' as const) : list(wire.KeptAttributes ?? [], 'KeptAttributes'),
    prune: flag(wire.Prune, 'Prune'),
    onRemoval: oneOf(wire.Removal, ['RETAIN', 'DESTROY'], 'Removal'),
    formerValues: oneOf(wire.FormerValues ?? 'FORGET', ['FORGET', 'RESTORE'], 'FormerValues'),
    requestsPerSecond,
    compareWith: oneOf(
      wire.CompareWith ?? 'PREVIOUS_DECLARATION',
      ['PREVIOUS_DECLARATION', 'LIVE_POOL'],
      'CompareWith',
    ),
    bucket: wire.Bucket === undefined ? undefined : text(wire.Bucket, 'Bucket'),
    wanted: texts(wire.Wanted ?? {}, 'Wanted'),
  });
};
