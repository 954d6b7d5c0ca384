import { RESULT } from '../../../lib/private/contracts/seed-results';
import { count, type ReportLine } from '../report';
import { type Counts, progressOf } from './progress';
import type { RunPlan } from './run-plan';
import { digestOf, type LoadedRequest, PLAN, type SeederState, SETTLED, type Settled, STATE } from './run-request';
import type { RunStore } from './run-store';

/** What has come of a run, as `summary.json`. */
export interface Summary extends Counts {
  readonly succeeded: boolean;
  readonly users: number;
  readonly planned: number;
  /** In words, where it did not succeed. */
  readonly failure?: string;
  /** The first of those who failed. */
  readonly lines: readonly ReportLine[];
  /** The custom resource's attributes for users whom the stack asks for. */
  readonly wanted?: Readonly<Record<string, string>>;
}

export const SUMMARY = 'summary.json';
/** One line for every user who failed, was skipped, came or went. */
export const REPORT = 'report.jsonl';
const NAMED = 8;

export interface SummarySurroundings {
  readonly store: RunStore;
  readonly seederStore: RunStore;
  /** Asked for once all users are as declared. */
  readonly wanted: () => Promise<Readonly<Record<string, string>>>;
}

/** Joins what the workers have told, for people and for CloudFormation. */
export const summarise = async (
  request: LoadedRequest,
  { store, seederStore, wanted }: SummarySurroundings,
): Promise<Summary> => {
  const plan = await store.get<RunPlan>(PLAN);
  const chunks = plan ? [...plan.chunks, ...plan.messages] : [];
  const progress = await progressOf(store, chunks);
  const { lines, changed, created, deleted, unchanged, skipped, failed, throttled } = progress;
  const all = [...(plan?.lines ?? []), ...lines];
  const counts = {
    users: plan?.users ?? 0,
    planned: plan?.planned ?? 0,
    changed,
    created,
    deleted,
    unchanged: (plan?.unchanged ?? 0) + unchanged,
    skipped: skipped + (plan?.refused ? 0 : (plan?.lines ?? []).length),
    failed,
    throttled,
  };
  const failure = failureOf(plan, progress, request);
  const summary: Summary = {
    ...counts,
    succeeded: failure === undefined,
    failure,
    lines: all.filter(({ status }) => status === 'Failed').slice(0, NAMED),
    ...(failure === undefined ? { wanted: await wanted() } : {}),
  };
  await store.putLines(REPORT, all);
  await store.put(SUMMARY, summary);
  if (summary.succeeded) await settle(request, store, seederStore);
  return summary;
};

const failureOf = (
  plan: RunPlan | undefined,
  { failed, unfinished, stopped }: Awaited<ReturnType<typeof progressOf>>,
  { toleratedFailures, deadline }: LoadedRequest,
): string | undefined => {
  if (!plan) return 'The run has failed before it was planned: see the log of its functions.';
  if (plan.refusal) return `${plan.refusal} Nothing was changed.`;
  if (failed > toleratedFailures) {
    return `${count(failed, 'user')} failed${toleratedFailures > 0 ? `, and ${toleratedFailures} are tolerated` : ''}.`;
  }
  if (unfinished.length === 0) return undefined;
  // Where CloudFormation waits, it goes back to the former declaration.
  const remedy = deadline === undefined ? ' Redrive the execution, and they go on from where they stopped.' : '';
  const reason = stopped === undefined ? '' : `${stopped}. `;
  return `${reason}${count(unfinished.length, 'chunk')} of users ${unfinished.length === 1 ? 'is' : 'are'} unfinished.${remedy}`;
};

/** From here on, this declaration is the one to compare with. What holds values of users goes, unless it is to come back. */
const settle = async (request: LoadedRequest, store: RunStore, seederStore: RunStore): Promise<void> => {
  const state = await seederStore.get<SeederState>(STATE);
  const former = await seederStore.get<Settled>(SETTLED);
  if (state?.run === store.prefix && former?.run !== store.prefix) {
    await seederStore.put(SETTLED, settledBy(request, store.prefix, former));
  }
  for (const name of ['chunks/', 'sorted/']) await store.clear(name);
};

const settledBy = ({ step, undoes }: LoadedRequest, run: string, former: Settled | undefined): Settled => {
  if (undoes !== undefined) {
    const before = former?.run === undoes ? former.before : former;
    return { run, declaration: before?.declaration, memory: before?.memory };
  }
  const { desired } = step;
  return {
    run,
    declaration: desired && digestOf(desired),
    ...(desired?.formerValues === 'RESTORE' ? { memory: run } : {}),
    before: { declaration: former?.declaration, memory: former?.memory },
  };
};

/** The custom resource's attributes. */
export const attributesOfRun = (summary: Summary, { bucket, prefix }: RunStore, execution: string) => ({
  [RESULT.changedUsers]: String(summary.changed),
  [RESULT.createdUsers]: String(summary.created),
  [RESULT.unchangedUsers]: String(summary.unchanged),
  [RESULT.skippedUsers]: String(summary.skipped),
  [RESULT.failedUsers]: String(summary.failed),
  [RESULT.report]: `s3://${bucket}/${prefix}/${REPORT}`,
  [RESULT.execution]: execution,
  ...summary.wanted,
});
