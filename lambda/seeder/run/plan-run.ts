import type { Cognito } from '../cognito';
import { compare, fileOf } from '../comparison';
import { REMEDIES, type UserFailure } from '../failure';
import { look } from '../look';
import type { Objects } from '../objects';
import { type Planned, planRows } from '../plan-rows';
import { forEachRow } from '../rows/rows';
import { usernameOf } from '../../../lib/private/contracts/seed-row';
import { count, MISSING, problemLines, reportLine } from '../report';
import { rulesOfRequest } from '../step';
import { Chunks } from './chunks';
import { comparesLive, openListings } from './list';
import { Effort, phaseOfItem } from './measure';
import { openMemory, Origins } from './memory';
import { NewNames } from './new-names';
import { planUndo } from './plan-undo';
import type { LoadedRequest } from './run-request';
import { NOTHING_TO_DO, type RunPlan } from './run-plan';
import type { RunStore } from './run-store';

/** Missing users who are asked for by name: beyond these, the list of the pool has to do. */
const ASKED_FOR = 1_000;
const SECONDS_FOR_ASKING = 300;

export interface PlanSurroundings {
  readonly store: RunStore;
  /** The places of former runs. */
  readonly storeAt: (prefix: string) => RunStore;
  readonly objects: Objects;
  readonly cognito: Cognito;
  readonly workers: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Plans a run, and writes its chunks. Whatever can be known to be wrong is found here, before anybody is changed. */
export const planRun = async (request: LoadedRequest, surroundings: PlanSurroundings): Promise<RunPlan> => {
  const { store, storeAt, objects, cognito } = surroundings;
  const { seed, step, maxConcurrency, undoes } = request;
  const rules = rulesOfRequest(step);
  if (undoes !== undefined) return planUndo(request, store, storeAt(undoes));
  if (step.desired === undefined && !step.prune) return NOTHING_TO_DO;
  const comparison = await compare(step.previous, step.desired, comparesLive(request), {
    objects,
    store,
    listings: await openListings(store),
  });
  if ('refusal' in comparison) {
    const { refusal } = comparison;
    const lines = problemLines(comparison);
    return { ...NOTHING_TO_DO, refused: true, refusal, lines };
  }

  const chunks = new Chunks(store, seed.requestsPerSecond, maxConcurrency);
  const absent: Planned[] = [];
  const newNames = new NewNames();
  const aliases = new Map<string, string>();
  const doubles: string[] = [];
  const effort = new Effort();
  const groups = new Set<string>();
  const origins = rules.restores ? new Origins(store) : undefined;
  const add = (planned: Planned) => {
    effort.add(planned);
    for (const group of groupsOf(planned)) if (groups.size < MOST_GROUPS) groups.add(group);
    return chunks.add(planned, phaseOfItem(planned, rules.creation));
  };
  const result = await planRows(
    {
      previous: await comparison.previous(),
      desired: await comparison.desired(),
      live: await comparison.live?.(),
      former: origins && (await openMemory(request.memories.map(storeAt), store)),
    },
    {
      rules,
      clientMetadata: step.desired?.clientMetadata,
      removal: step.desired === undefined,
      onPlanned: add,
      // Whoever is to be created is looked for first, by the worker.
      onMissing: (planned) => (rules.creation ? add(planned) : void absent.push(planned)),
      // Where nobody left, nobody is there under another name.
      onAlias: (declaredAs, username) => {
        if (aliases.has(username)) doubles.push(declaredAs);
        else aliases.set(username, declaredAs);
      },
      onNewName: step.previous && step.prune ? newNames.add : undefined,
      onMemory: origins?.add,
    },
  );
  const { missing, failed } = await confirm(absent, surroundings, seed.requestsPerSecond, add);
  if (aliases.size > 0) {
    await forEachRow(await comparison.desired(), (line) => {
      const name = usernameOf(line);
      if (aliases.has(name)) doubles.push(name);
    });
  }
  await chunks.end();
  await newNames.write(store);
  const noGroups = await missingGroups(groups, cognito);

  const plan: RunPlan = {
    refused: false,
    chunks: chunks.reversible,
    messages: chunks.phases.flat(),
    phases: chunks.phases,
    sizes: chunks.sizes,
    concurrency: Math.max(1, Math.min(maxConcurrency, chunks.reversible.length || chunks.phases.flat().length)),
    users: result.users,
    planned: result.planned + result.missing,
    creations: rules.creation ? result.missing : 0,
    unchanged: result.unchanged,
    previousLost: comparison.previousLost,
    ...(origins ? { origins: await origins.end() } : {}),
    lines: [
      ...doubles.slice(0, TOLD).map((username) =>
        reportLine('Failed', username, undefined, {
          name: 'DuplicateUser',
          attributes: [],
          remedy: REMEDIES.DuplicateUser,
        }),
      ),
      ...failed.map(({ username, failure }) => reportLine('Failed', username, undefined, failure)),
      ...(step.onMissingUser === 'SKIP' ? missing : missing.slice(0, TOLD)).map(({ intent: { username }, line }) =>
        reportLine(
          step.onMissingUser === 'SKIP' ? 'Skipped' : 'Failed',
          username,
          line > 0 ? { file: fileOf(seed), line } : undefined,
          MISSING,
        ),
      ),
    ],
  };
  const refusal =
    doubles.length > 0
      ? 'Some declared names are aliases of one user: declare each user once.'
      : failed.length > 0
        ? 'Users could not be read.'
        : missing.length > 0 && step.onMissingUser === 'FAIL'
          ? `The pool lacks ${count(missing.length, 'declared user')}: create them first, correct their names, or declare MissingUsers.create() or MissingUsers.skip().`
          : noGroups.length > 0
            ? `The pool lacks ${count(noGroups.length, 'declared group')} (${noGroups.slice(0, 3).join(', ')}): create them, and declare their groupName.`
            : tooLong(effort.requests, request, surroundings.now());
  return refusal ? { ...plan, refused: true, refusal, chunks: [], messages: [], phases: [] } : plan;
};

/** More are found when users are to be given them. */
const MOST_GROUPS = 100;

const groupsOf = ({ intent: { account, creation } }: Planned): readonly string[] => [
  ...(account?.join ?? []),
  ...(creation?.groups ?? []),
];

const missingGroups = async (groups: ReadonlySet<string>, cognito: Pick<Cognito, 'hasGroup'>): Promise<string[]> => {
  const missing: string[] = [];
  for (const group of groups) if (!(await cognito.hasGroup(group))) missing.push(group);
  return missing;
};

/** Users of a refused plan who are told one by one: enough for anybody, and little enough for the report's memory. */
const TOLD = 10_000;

/** ListUsers learns of new users a little later than they are there: so whom it lacks is asked for by name. */
const confirm = async (
  absent: readonly Planned[],
  { cognito, workers }: PlanSurroundings,
  requestsPerSecond: number,
  onFound: (planned: Planned) => void | Promise<void>,
): Promise<{ readonly missing: readonly Planned[]; readonly failed: readonly UserFailure[] }> => {
  const asked = absent.slice(0, Math.min(ASKED_FOR, Math.ceil(requestsPerSecond * SECONDS_FOR_ASKING)));
  const seen = await look(
    asked.map(({ intent }) => intent.username),
    cognito,
    workers,
  );
  for (const planned of asked) {
    const live = seen.users.get(planned.intent.username);
    if (live) await onFound({ ...planned, live });
  }
  const known = new Set([...seen.users.keys(), ...seen.failed.map(({ username }) => username)]);
  return { missing: absent.filter(({ intent }) => !known.has(intent.username)), failed: seen.failed };
};

const tooLong = (writes: number, { seed, deadline }: LoadedRequest, now: number): string | undefined => {
  if (deadline === undefined) return undefined;
  const minutes = Math.ceil(writes / seed.requestsPerSecond / 60);
  const left = Math.max(0, Math.floor((deadline - now) / 60_000));
  return minutes <= left
    ? undefined
    : `The plan needs ${writes} requests: at ${seed.requestsPerSecond} a second that is ${minutes} min, and CloudFormation waits for ` +
        `${left} min more. Declare waitForCompletion: false, raise requestsPerSecond, or declare fewer users a seeder.`;
};
