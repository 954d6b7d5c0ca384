import type { Declaration } from '../declaration/declaration';
import type { SeederPlan } from '../step/plan-pair';
import { count } from './words';

/** Whether the deployment would change anything, or fail in the attempt. */
export const hasChanges = (plan: SeederPlan): boolean =>
  plan.tally.changed > 0 || plan.deferred.length > 0 || wouldFail(plan);

export const wouldFail = (plan: SeederPlan): boolean => failures(plan).length > 0;

/** Why the deployment would fail, as far as it can be known before. */
export const failures = ({ declaration, isRemoval, missing, sameUser, tally, duration }: SeederPlan): string[] => {
  if (isRemoval) return [];
  return [
    ...(missing.count > tolerated(declaration) && declaration.seed.onMissingUser === 'FAIL'
      ? [`The pool lacks declared users, and the declaration says MissingUsers.fail().`]
      : []),
    ...(sameUser.count > 0 ? ['Some declared names are aliases of one user: declare each user once.'] : []),
    ...[...tally.refused].map(([name, complaint]) => `Cognito would refuse ${name}: ${complaint}.`),
    ...groupsLacking([...tally.groupsLacking]),
    ...(duration.tooLong === undefined ? [] : [duration.tooLong]),
  ];
};

const groupsLacking = (names: readonly string[]): string[] =>
  names.length > 0
    ? [
        `The pool does not have the ${names.length > 1 ? 'groups' : 'group'} ${names.join(', ')}: create ` +
          `${names.length > 1 ? 'them' : 'it'} first, or declare the groupName of a UserPoolGroup.`,
      ]
    : [];

/** Missing users who do not fail the deployment: a run that has not read the pool learns of them one by one. */
const tolerated = ({ engine, seed }: Declaration): number =>
  engine?.kind === 'step-functions' && seed.compareWith !== 'LIVE_POOL' ? engine.toleratedFailures : 0;

/** What the reader has to know of these plans. */
export const remarks = (plans: readonly SeederPlan[]): string[] => {
  const alone = plans
    .filter(({ pair, isRemoval }) => !pair.previous && !isRemoval)
    .map(({ declaration: { seed } }) => seed);
  const more = [
    ...(alone.some(({ prune }) => prune) ? ['shows what has left the declaration'] : []),
    ...(alone.some(({ compareWith, source }) => compareWith !== 'LIVE_POOL' && source.kind !== 'existing')
      ? ['leaves out users who are declared as before, whom a deployment leaves alone']
      : []),
  ];
  const isLoose = plans.some(({ declaration }) => declaration.stack === undefined);
  return [
    ...plans.flatMap((plan) => notesOf(plan).map((note) => `${plan.declaration.title}: ${note}`)),
    ...(more.length > 0
      ? [`Compared with the pool alone. With --previous, the plan also ${more.join(', and ')}.`]
      : []),
    ...(isLoose
      ? ["Values are not checked against the pool's schema (its types, ranges and lengths); names and mutability are."]
      : []),
  ];
};

const notesOf = ({ declaration, pair, rules, tally }: SeederPlan): string[] => [
  ...declaration.notes,
  ...(rules.restores && pair.previous
    ? ['values from before come back where they are remembered, which only the deployment knows.']
    : []),
  ...(tally.passwordsAgain > 0 ? [passwordsAgain(tally.passwordsAgain)] : []),
];

const passwordsAgain = (passwords: number): string =>
  passwords === 1
    ? 'a deployment that changes it sets 1 password again, since its secret may have been rotated.'
    : `a deployment that changes it sets ${count(passwords, 'password')} again, since their secrets may have been rotated.`;
