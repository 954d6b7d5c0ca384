import { RESULT } from '../../../lib/private/contracts/seed';
import type { RunPlan } from './plan-run';
import { PLAN } from './plan-run';
import { count, type ReportLine } from '../report';
import { type Counts, progressOf } from './progress';
import { digestOf, type LoadedRequest, type SeederState, SETTLED, type Settled, STATE } from './run-request';
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
}

export const SUMMARY = 'summary.json';
/** One line for every user who failed or was skipped. */
export const REPORT = 'report.jsonl';
const NAMED = 8;

/** Joins what the workers have told, for people and for CloudFormation. */
export const summarise = async (request: LoadedRequest, store: RunStore, seederStore: RunStore): Promise<Summary> => {
  const plan = await store.get<RunPlan>(PLAN);
  const chunks = plan ? [...plan.chunks, ...plan.messages] : [];
  const progress = await progressOf(store, chunks);
  const { lines, changed, unchanged, skipped, failed, throttled } = progress;
  const all = [...(plan?.lines ?? []), ...lines];
  const counts = {
    users: plan?.users ?? 0,
    planned: plan?.planned ?? 0,
    changed,
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

/** From here on, this declaration is the one to compare with. What holds values of users goes. */
const settle = async (request: LoadedRequest, store: RunStore, seederStore: RunStore): Promise<void> => {
  const state = await seederStore.get<SeederState>(STATE);
  if (state?.run === store.prefix) {
    const declaration = request.step.desired && digestOf(request.step.desired);
    await seederStore.put(SETTLED, { run: store.prefix, declaration } satisfies Settled);
  }
  for (const name of ['chunks/', 'sorted/']) await store.clear(name);
};

/** The custom resource's attributes. */
export const attributesOfRun = (summary: Summary, { bucket, prefix }: RunStore, execution: string) => ({
  [RESULT.changedUsers]: String(summary.changed),
  [RESULT.unchangedUsers]: String(summary.unchanged),
  [RESULT.skippedUsers]: String(summary.skipped),
  [RESULT.failedUsers]: String(summary.failed),
  [RESULT.report]: `s3://${bucket}/${prefix}/${REPORT}`,
  [RESULT.execution]: execution,
});
