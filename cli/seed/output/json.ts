/** A plan as one JSON document, user by user: however many there are, memory does not hold them. */
import type { Entry } from '../step/entry';
import type { SeederPlan } from '../step/plan-pair';
import type { Spool } from '../step/spool';
import { fileName } from './text';
import { failures, hasChanges } from './verdict';

export interface JsonOptions {
  readonly showValues: boolean;
}

export async function* jsonOf(plans: readonly SeederPlan[], { showValues }: JsonOptions): AsyncGenerator<string> {
  yield `{"changes":${plans.some(hasChanges)},"seeders":[`;
  for (const [index, plan] of plans.entries()) {
    yield `${index > 0 ? ',' : ''}\n{${members(head(plan))}`;
    yield* list('users', plan.entries, (entry) => user(entry, showValues));
    yield* list('missing', plan.missing, ({ username, line }) => ({ username, ...lineOf(line) }));
    yield* list('sameUser', plan.sameUser, (names) => names);
    yield `,${members({ knownAtDeployment: plan.deferred, failures: failures(plan), ...figures(plan) })}}`;
  }
  yield '\n]}\n';
}

const head = ({ declaration, pair, pool, isRemoval }: SeederPlan) => ({
  seeder: declaration.title,
  stack: declaration.stack ?? null,
  userPoolId: pool.id,
  source: declaration.seed.source.kind === 'object' && !declaration.stack ? 'file' : declaration.seed.source.kind,
  file: fileName(declaration) || null,
  removed: isRemoval,
  comparedWithPrevious: pair.previous !== undefined,
});

const user = ({ username, line, left, attributes, messages }: Entry, showValues: boolean) => ({
  username,
  ...lineOf(line),
  left,
  attributes: attributes.map(({ name, action, before, after }) => ({
    name,
    action,
    ...(showValues && { before: before ?? null, after: after ?? null }),
  })),
  messages,
});

const figures = ({ tally, deferred, duration, declaration }: SeederPlan) => ({
  summary: {
    users: tally.users,
    changed: tally.changed,
    attributes: tally.attributes,
    missing: tally.missing,
    unchanged: tally.unchanged,
    messaged: tally.messaged,
    knownAtDeployment: deferred.length,
  },
  duration: {
    requests: duration.requests,
    requestsPerSecond: duration.requestsPerSecond,
    seconds: Math.round(duration.seconds * 10) / 10,
    engine: declaration.engine?.kind ?? null,
    fitsLambda: duration.fitsLambda,
  },
});

const lineOf = (line: number) => ({ line: line > 0 ? line : null });

async function* list<T>(name: string, items: Spool<T>, show: (item: T) => unknown): AsyncGenerator<string> {
  let before = '';
  yield `,"${name}":[`;
  for await (const item of items.read()) {
    yield `${before}\n${JSON.stringify(show(item))}`;
    before = ',';
  }
  yield ']';
}

/** An object's members without its braces. */
const members = (object: object): string => JSON.stringify(object).slice(1, -1);
