import type { Budget } from '../../../../lambda/seeder/budget';
import { bulkStep } from '../../../../lambda/seeder/bulk-step';
import type { Cognito } from '../../../../lambda/seeder/cognito';
import { comparesWithPool } from '../../../../lambda/seeder/comparison';
import type { Formers, Journal } from '../../../../lambda/seeder/journal';
import { AS_THEY_ARE } from '../../../../lambda/seeder/listing';
import { type Journals, openMemory, remembers } from '../../../../lambda/seeder/memory';
import type { Passwords } from '../../../../lambda/seeder/passwords';
import { type Declaration, NOTHING } from '../../../../lambda/seeder/plan';
import { type Request, rulesOfRequest, type Step, stepBetween } from '../../../../lambda/seeder/step';
import { type Outcome, transition } from '../../../../lambda/seeder/transition';
import { undoStep } from '../../../../lambda/seeder/way-back';
import { DEFAULTS, type Seed } from '../../../../lib/private/contracts/seed';
import type { Creation } from '../../../../lib/private/contracts/seed-creation';
import type { DeclaredUser, PasswordSource } from '../../../../lib/private/contracts/seed-user';
import { memoryBucket } from '../../../support/memory-store';
import type { PoolModel, Write } from '../../../support/pool-model';

/** Where no password is declared. */
export const NO_PASSWORDS: Passwords = { of: () => Promise.reject(new Error('no password is declared')) };

/** Passwords that tell where they come from. */
export const PASSWORDS: Passwords = {
  of: async (source) => (source.kind === 'random' ? 'a random one' : `the one in ${source.secret}`),
};

export const secret = (name: string, temporary = false): PasswordSource => ({
  kind: 'secret',
  secret: name,
  temporary,
});

type Limits = Pick<Budget, 'tooManyToChange' | 'tooManyToRestore'>;
export const upTo = (limit: number) => (requests: number) =>
  requests > limit ? `${requests} are too many` : undefined;
export const UNLIMITED: Limits = { tooManyToChange: upTo(Infinity), tooManyToRestore: upTo(Infinity) };

export const CREATION: Creation = { invitation: [], forceAliasCreation: false };
export const OWNER = 'seeded';
export const CREATING: Partial<Seed> = { onMissingUser: 'CREATE', creation: CREATION };
export const OWNING: Partial<Seed> = { onMissingUser: 'CREATE', creation: { ...CREATION, owner: OWNER } };

export const seedOf = (users: readonly DeclaredUser[], terms: Partial<Seed> = {}): Seed => ({
  userPoolId: 'pool',
  source: { kind: 'inline', users },
  ...DEFAULTS,
  ...terms,
});

interface How {
  readonly terms?: Partial<Seed>;
  readonly cognito?: Cognito;
  readonly cognitoForRestoring?: Cognito;
  /** The same text: the same request of CloudFormation's. */
  readonly request?: string;
  readonly budget?: Limits;
  readonly workers?: number;
  /** Whether the function is there still, and may write to its bucket. */
  readonly lives?: () => boolean;
}

/** A stack with a seeder: what is in force, and what its bucket remembers, as the Lambda engine's handler has it. */
export class Stack {
  public inForce: Seed | undefined;
  /** What the latest deployment asked for, whatever has become of it. */
  private latest: { readonly from: Seed | undefined; readonly to: Seed; readonly request?: string } | undefined;
  private readonly bucket = new Map<string, string>();
  private requests = 0;

  public constructor(
    public readonly model: PoolModel,
    private readonly terms: Partial<Seed> = {},
  ) {}

  public get journal(): Journal | undefined {
    const [stored] = this.bucket.values();
    return stored === undefined ? undefined : (JSON.parse(stored) as Journal);
  }

  /** Deploys another declaration, on other terms perhaps, which is in force where it succeeds. */
  public async deploy(users: readonly DeclaredUser[], { terms = {}, ...how }: How = {}): Promise<Outcome> {
    const desired = seedOf(users, { ...this.terms, ...terms });
    const { prune, onMissingUser } = desired;
    const again = how.request !== undefined && how.request === this.latest?.request;
    const from = again ? this.latest?.from : this.inForce;
    this.latest = { from, to: desired, request: how.request };
    const outcome = await this.carryOut({ previous: from, desired, prune, onMissingUser }, how);
    if (outcome.failed.length === 0 && outcome.refusal === undefined) this.inForce = desired;
    return outcome;
  }

  /** Removes the seeder. */
  public async remove(how: How = {}): Promise<Outcome> {
    const outcome = await this.carryOut(removalOf(this.inForce!), how);
    this.inForce = undefined;
    return outcome;
  }

  /** CloudFormation goes back from the latest deployment, since that or another resource's has failed. */
  public async goBack(how: How = {}): Promise<Outcome & { readonly lost?: readonly string[] }> {
    const { from, to } = this.latest!;
    const request = from
      ? { previous: to, desired: from, prune: from.prune, onMissingUser: from.onMissingUser }
      : removalOf(to);
    const outcome = await this.carryOut(request, how, true);
    this.inForce = from;
    return outcome;
  }

  private async carryOut(request: Request, how: How, isRollingBack = false) {
    const { cognito = this.model, cognitoForRestoring = this.model, budget = UNLIMITED, workers = 3 } = how;
    const { lives = () => true, request: requestId = `request ${++this.requests}` } = how;
    const { previous, desired, onMissingUser } = request;
    const hands = { cognitoForRestoring, passwords: PASSWORDS, workers };
    const memory = remembers(previous, desired)
      ? await openMemory(
          { stackId: 'stack', seeder: 'Seeder', requestId, previous, desired },
          { journals: () => journalsIn(this.bucket, lives), isRollingBack: async () => isRollingBack },
        )
      : undefined;
    if (memory?.wayBack) return undoStep(memory.wayBack, hands);
    const terms = { rules: rulesOfRequest(request), onMissingUser, removal: desired === undefined };
    const former = memory?.formers ?? {};
    const step = comparesWithPool(previous, desired)
      ? await liveStep(request, this.model, former)
      : stepBetween(declarationOf(previous), declarationOf(desired), terms, (username) => former[username]);
    const outcome = await transition(step, { ...hands, cognito, budget, ...memory?.witness(step) });
    if (!desired) await memory?.forget();
    return outcome;
  }
}

/** The terms of a declaration whose former values come back. */
export const RESTORING: Partial<Seed> = { formerValues: 'RESTORE', onRemoval: 'DESTROY', bucket: 'bucket' };

const removalOf = (seed: Seed): Request => ({
  previous: seed,
  desired: undefined,
  prune: seed.onRemoval === 'DESTROY',
  onMissingUser: 'SKIP',
});

const journalsIn = (bucket: Map<string, string>, lives: () => boolean): Journals => ({
  load: async (name) => {
    const stored = bucket.get(name);
    return stored === undefined ? undefined : (JSON.parse(stored) as Journal);
  },
  save: async (name, journal) => {
    if (lives()) bucket.set(name, JSON.stringify(journal));
  },
  forget: async (name) => void bucket.delete(name),
});

/** The step of a declaration that is compared with the pool. */
const liveStep = async (request: Request, cognito: PoolModel, formers: Formers): Promise<Step> => {
  const planned = await bulkStep(request, {
    objects: { read: async () => undefined },
    store: memoryBucket().storeAt('plan'),
    reader: {
      page: async () => ({
        users: Object.entries(cognito.people()).map(([username, user]) => ({ ...user, username, groups: undefined })),
      }),
      names: async () => AS_THEY_ARE,
    },
    cognito,
    workers: 2,
    limit: 100,
    formers,
  });
  if ('refusal' in planned) throw new Error(planned.refusal);
  return planned.step;
};

const declarationOf = (seed: Seed | undefined): Declaration =>
  seed?.source.kind === 'inline' ? { users: seed.source.users, clientMetadata: seed.clientMetadata } : NOTHING;

/** A fault in one write of one user. */
export const failingAt =
  (error: () => Error, username: string, write: Write, group?: string) => (who: string, what: Write, where?: string) =>
    who === username && what === write && (group === undefined || where === group) ? error() : undefined;
