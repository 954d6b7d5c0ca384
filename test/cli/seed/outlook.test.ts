import { outlook } from '../../../cli/seed/output/outlook';
import { durationOf } from '../../../cli/seed/step/duration';
import { Tally } from '../../../cli/seed/step/tally';
import type { Medium } from '../../../lib/private/contracts/seed-creation';
import { NO_REQUESTS, type Requests } from '../../../lambda/seeder/requests';
import { PLAIN } from '../../../lambda/seeder/rules';

const rules = PLAIN;
const tally = Object.assign(new Tally(), { changed: 1 });
const requests = (updates: number, reads = 0, others: Partial<Requests> = {}) => {
  const writes = { ...NO_REQUESTS, updates, ...others };
  return {
    pages: 0,
    onFunction: { planned: updates, reads: updates, writes, toUndo: 2 * updates },
    onRun: { reads, writes, most: writes },
  };
};
const RUN = { kind: 'step-functions', waitForCompletion: true, toleratedFailures: 0 } as const;

test.each([
  [25_000, 'It takes 25,000 updates: 42 min at 10 a second on Step Functions; too long for the Lambda engine.'],
  [10, 'It takes 10 updates: 1 s at 10 a second on Step Functions; 2 s on the Lambda engine.'],
  [
    100_000,
    'It takes 100,000 updates: 2 h 47 min at 10 a second on Step Functions (with waitForCompletion: false, since CloudFormation waits for an hour); too long for the Lambda engine.',
  ],
])('%d updates by a file', (writes, sentence) => {
  expect(outlook({ tally, rules, duration: durationOf(requests(writes), 10, undefined, false) })).toEqual([sentence]);
});

test('of an engine that is declared, the other is left out', () => {
  expect(outlook({ tally, rules, duration: durationOf(requests(300, 20), 10, RUN, false) })).toEqual([
    'It takes 300 updates, and meanwhile 20 reads: 30 s at 10 a second on Step Functions.',
  ]);
  expect(outlook({ tally, rules, duration: durationOf(requests(10), 10, { kind: 'lambda' }, false) })).toEqual([
    'It takes 20 requests: 2 s at 10 a second, which fits the Lambda engine.',
  ]);
});

test.each<[number, Partial<Requests>, string]>([
  [0, { creations: 3 }, '3 creations'],
  [0, { creations: 3, passwords: 1 }, '3 creations and 1 password'],
  [9, { creations: 3, passwords: 1 }, '3 creations, 1 password and 9 updates'],
])('what goes at the same time is told by its kind: %d updates and %j', (updates, others, words) => {
  expect(outlook({ tally, rules, duration: durationOf(requests(updates, 0, others), 10, RUN, false) })).toEqual([
    `It takes ${words}: 1 s at 10 a second on Step Functions.`,
  ]);
});

test.each<[number, readonly Medium[], string]>([
  [2, [], 'Cognito invites nobody.'],
  [1, ['EMAIL'], 'Cognito invites 1 user by e-mail.'],
  [1200, ['EMAIL', 'SMS'], 'Cognito invites 1,200 users by e-mail and by SMS.'],
])('%d users to create, and how they learn of it: %j', (created, invitation, sentence) => {
  const creation = { invitation, forceAliasCreation: false };
  const duration = durationOf(requests(1), 10, RUN, false);
  const foreseen = { tally: Object.assign(new Tally(), { created }), duration, rules: { ...rules, creation } };
  expect(outlook(foreseen)).toEqual([sentence]);
});
