import { decode, type Seed } from '../../../lib/private/contracts/seed';
import type { StepDigests } from '../journal';
import { digest } from '../digest';
import type { Request } from '../step';
import type { RunStore } from './run-store';

/** What a run is to do, as `request.json` in its place. */
export interface RunRequest {
  /** The construct's logical id, a dimension of its metrics. */
  readonly seeder: string;
  readonly requestType: 'Create' | 'Update' | 'Delete';
  /** Custom resource properties, as CloudFormation hands them over. */
  readonly previous?: unknown;
  readonly desired?: unknown;
  /** Whether a user who left the declaration loses what it had set. */
  readonly prune: boolean;
  /** Whether the pool is looked at, because it is not certain that the previous declaration has ever been applied in full. */
  readonly unsettled: boolean;
  readonly maxConcurrency: number;
  readonly toleratedFailures: number;
  /** The run that is to be undone, in place of a step between declarations: its prefix. */
  readonly undoes?: string;
  /** Milliseconds since 1970: of the seeder's own users only those go who have been created since. */
  readonly ownSince?: number;
  /** Prefixes of the runs that may know what users had before, the latest first. */
  readonly memories?: readonly string[];
  /** Milliseconds since 1970 before which workers of a former run may still be at it. */
  readonly notBefore?: number;
  /** Milliseconds since 1970 at which CloudFormation stops waiting. Absent where it does not wait. */
  readonly deadline?: number;
}

/** What is known of a seeder beyond its runs, as `state.json` in its place. Written by who starts runs alone. */
export interface SeederState {
  /** The run that may write. Whoever works for another one stops. */
  readonly run?: string;
  readonly execution?: string;
  /** The declarations that runs have begun to apply since one was applied in full. */
  readonly begun?: readonly Begun[];
  /** The run of a creation that CloudFormation waits for: unless it succeeds, what it has set goes with the resource. */
  readonly creation?: string;
  /** Milliseconds since 1970 at which that was begun. */
  readonly creationSince?: number;
  /** The run that the present one undoes: where CloudFormation asks again, it means the same. */
  readonly undoing?: Begun;
}

export interface Begun {
  readonly run: string;
  readonly declaration?: string;
  /** Where the run remembers how to undo it: from which declaration to which it leads. */
  readonly step?: StepDigests;
  /** CloudFormation does not wait for the run, so that whatever comes after its failure may be the author's request. */
  readonly detached?: true;
}

/** The declaration that has last been applied in full, and by which run, as `settled.json` beside it. Written by runs alone. */
export interface Settled {
  readonly run: string;
  readonly declaration?: string;
  /** The run that knows what users had before; absent where nobody remembers. */
  readonly memory?: string;
  /** The same of the one before, for when this run is undone. */
  readonly before?: Pick<Settled, 'declaration' | 'memory'>;
}

export const REQUEST = 'request.json';
export const PLAN = 'plan.json';
export const STATE = 'state.json';
export const SETTLED = 'settled.json';

export interface LoadedRequest extends RunRequest {
  readonly memories: readonly string[];
  /** Whose pool and pace count. */
  readonly seed: Seed;
  readonly step: Request;
}

export const loadRequest = async (store: RunStore): Promise<LoadedRequest> => {
  const request = await store.get<RunRequest>(REQUEST);
  if (!request) throw new Error('the run has no request');
  const desired = request.desired === undefined ? undefined : decode(request.desired);
  const former = request.previous === undefined ? undefined : decodeFormer(request.previous);
  const seed = desired ?? former;
  if (!seed) throw new Error('the run has nothing to do');
  return {
    ...request,
    memories: request.memories ?? [],
    // The way back to a slow declaration has to be as quick as the way forward was.
    seed: { ...seed, requestsPerSecond: Math.max(seed.requestsPerSecond, former?.requestsPerSecond ?? 0) },
    step: {
      // In another pool nothing has been declared yet.
      previous: former?.userPoolId === seed.userPoolId ? former : undefined,
      desired,
      prune: request.prune,
      onMissingUser: desired?.onMissingUser ?? 'SKIP',
    },
  };
};

/** What cannot be read has never been applied either, and must not stand in the way back. */
export const decodeFormer = (properties: unknown): Seed | undefined => {
  try {
    return decode(properties);
  } catch {
    return undefined;
  }
};

/** Tells declarations apart. */
export const digestOf = ({ userPoolId, source }: Seed): string => digest([userPoolId, source]);
