/** A plan as one JSON document, user by user: however many there are, memory does not hold them. */
import type { AttributeChange, Entry } from '../step/entry';
import type { Unplanned } from '../declaration/declared';
import type { Plans } from '../plan';
import { FileMistakes } from '../step/mistakes';
import type { SeederPlan } from '../step/plan-pair';
import type { Spool } from '../step/spool';
import { anyWouldFail } from './exit-code';
import { reasonsOf } from './reasons';
import { fileName } from './text';
import { failures, hasChanges, wouldFail } from './verdict';

export interface JsonOptions {
  readonly showValues: boolean;
}

export async function* jsonOf(plans: Plans, { showValues }: JsonOptions): AsyncGenerator<string> {
  const { seeders, unplanned } = plans;
  yield `{"changes":${seeders.some(hasChanges)},"wouldFail":${anyWouldFail(plans)},"seeders":[`;
  for (const [index, plan] of seeders.entries()) {
    yield `${index > 0 ? ',' : ''}\n{${members(head(plan))}`;
    yield* list('users', plan.entries, (entry) => user(entry, showValues));
    yield* list('missing', plan.missing, ({ username, line }) => ({ username, ...lineOf(line) }));
    yield* list('sameUser', plan.sameUser, (names) => names);
    const verdict = { wouldFail: wouldFail(plan), failures: failures(plan) };
    yield `,${members({ knownAtDeployment: plan.deferred, ...verdict, ...figures(plan) })}}`;
  }
  yield `\n],${members({ notPlanned: unplanned.map(notPlanned) })}}\n`;
}

const notPlanned = ({ title, stack, error }: Unplanned) => ({
  seeder: title,
  stack: stack ?? null,
  wouldFail: error instanceof FileMistakes,
  reasons: reasonsOf(error).map((line) => line.trim()),
});

const head = ({ declaration, pair, pool, isRemoval }: SeederPlan) => ({
  seeder: declaration.title,
  stack: declaration.stack ?? null,
  userPoolId: pool.id,
  source: declaration.seed.source.kind === 'object' && !declaration.stack ? 'file' : declaration.seed.source.kind,
  file: fileName(declaration) || null,
  removed: isRemoval,
  comparedWithPrevious: pair.previous !== undefined,
});

const user = (entry: Entry, showValues: boolean) => {
  const { action, username, line, left, attributes, join, leave, enabled, password, passwordAgain } = entry;
  return {
    action,
    username,
    ...lineOf(line),
    left,
    attributes: attributes.filter(isGiven(entry)).map((attribute) => ({
      name: attribute.name,
      action: attribute.action,
      ...(showValues && { before: attribute.before ?? null, after: attribute.after ?? null }),
    })),
    groups: { join: join.map(({ name }) => name), leave },
    enabled: enabled ?? null,
    password: password ? { ...password, again: passwordAgain ?? false } : null,
    invitation: entry.invitation,
    messages: entry.messages,
  };
};

/** What a new user lacks is a failure, and nothing that is added. */
const isGiven =
  ({ action }: Entry) =>
  ({ after }: AttributeChange): boolean =>
    action !== 'create' || after !== undefined;

const figures = ({ tally, deferred, duration, declaration }: SeederPlan) => ({
  summary: {
    users: tally.users,
    changed: tally.changed,
    created: tally.created,
    deleted: tally.deleted,
    attributes: tally.attributes,
    groups: tally.groups,
    enabled: tally.enabled,
    disabled: tally.disabled,
    passwords: tally.passwords,
    passwordsAgain: tally.passwordsAgain,
    kept: tally.kept,
    missing: tally.missing,
    unchanged: tally.unchanged,
    messaged: tally.messaged,
    invited: tally.invited,
    knownAtDeployment: deferred.length,
  },
  duration: {
    requestsPerSecond: duration.requestsPerSecond,
    engine: declaration.engine?.kind ?? null,
    // Of a file, nobody knows which engine it is for.
    ...(duration.lambda && { lambda: timed(duration.lambda) }),
    ...(duration.stepFunctions && { stepFunctions: timed(duration.stepFunctions) }),
  },
});

const timed = <T extends { readonly seconds: number; readonly refusal?: string }>({ refusal, ...time }: T) => ({
  ...time,
  seconds: Math.round(time.seconds * 10) / 10,
  fits: refusal === undefined,
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
