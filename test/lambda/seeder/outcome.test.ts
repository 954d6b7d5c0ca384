import { METRICS } from '../../../lib/private/contracts/seed-results';
import { MalformedProperties } from '../../../lib/private/contracts/fields';
import { attributesOf, reportLines, wayBackMessage } from '../../../lambda/seeder/report';
import { asSeedError, SeedError } from '../../../lambda/seeder/seed-error';
import { isRollingBack } from '../../../lambda/seeder/stack-status';
import { countOutcome, tellOutcome } from '../../../lambda/seeder/tell';
import { NOTHING_DONE, type Outcome } from '../../../lambda/seeder/transition';
import { wantedAttributes } from '../../../lambda/seeder/wanted';
import { PoolModel } from '../../support/pool-model';

const failure = { name: 'InvalidParameterException', attributes: ['email'], remedy: 'do something about it' };
const outcome: Outcome = {
  ...NOTHING_DONE,
  planned: 6,
  changed: ['ann', 'zoe', 'yves'],
  created: ['zoe'],
  deleted: ['yves'],
  unchanged: 4,
  skipped: ['ben@example.com'],
  failed: [{ username: 'dan', failure }],
  notRestored: ['eve'],
};
const nowhere = () => undefined;

const loggerOf = () => {
  const lines: unknown[][] = [];
  const log = (level: string) => (message: string, extra?: object) => void lines.push([level, message, extra]);
  return { lines, logger: { info: log('info'), warn: log('warn'), error: log('error') } as never };
};

test('metrics count who was changed and created, and who was not', () => {
  const counts: Record<string, number> = {};
  const gauge = { count: (name: string, number = 1) => (counts[name] = (counts[name] ?? 0) + number) } as never;
  countOutcome(gauge, outcome);
  expect(counts).toEqual({
    [METRICS.plannedUsers]: 6,
    [METRICS.finishedUsers]: 5,
    [METRICS.changedUsers]: 3,
    [METRICS.createdUsers]: 1,
    [METRICS.skippedUsers]: 1,
    [METRICS.failedUsers]: 1,
    [METRICS.throttledRequests]: 0,
  });
});

test('of a refused plan all have failed', () => {
  const counts: Record<string, number> = {};
  const gauge = { count: (name: string, number = 1) => (counts[name] = number) } as never;
  countOutcome(gauge, { ...NOTHING_DONE, planned: 5, failed: outcome.failed, refusal: 'Too long.' });
  expect(counts).toMatchObject({ [METRICS.failedUsers]: 5, [METRICS.finishedUsers]: 5 });
});

test('the log names users, one by one, and their number', () => {
  const { lines, logger } = loggerOf();
  tellOutcome(logger, outcome, 7, (username) => (username === 'dan' ? { file: 'users.csv', line: 3 } : undefined));
  expect(lines).toEqual([
    ['error', 'Failed', { user: 'dan', file: 'users.csv', line: 3, ...failure }],
    ['error', 'Not restored', { user: 'eve' }],
    ['warn', 'Skipped: the pool has no such user', { user: '…@example.com' }],
    ['info', 'Created', { user: 'zoe' }],
    ['info', 'Deleted', { user: 'yves' }],
    ['info', 'Report', expect.objectContaining({ changed: 3, created: 1, deleted: 1, notRestored: 1, throttled: 7 })],
  ]);
});

test('the report has a line for each who was not changed, came or went', () => {
  expect(reportLines(outcome, nowhere).map(({ status, user, error }) => [status, user, error])).toEqual([
    ['Failed', 'dan', 'InvalidParameterException'],
    ['Skipped', '…@example.com', 'UserNotFoundException'],
    ['Created', 'zoe', undefined],
    ['Deleted', 'yves', undefined],
  ]);
});

test('the custom resource tells how many of the changed ones were created', () => {
  expect(attributesOf(outcome)).toMatchObject({ ChangedUsers: '3', CreatedUsers: '1', UnchangedUsers: '4' });
});

test('a way back that does not reach all names some of them', () => {
  expect(wayBackMessage(['ann', 'ben', 'cleo', 'dan'])).toBe(
    '4 users could not be put back (ann, ben, cleo): see the log.',
  );
});

test('users whom the stack asks for are blank where the pool does not have them', async () => {
  const model = new PoolModel({ 'sub-9': { email: 'ann@example.com', sub: 'sub-9' } }, { signInByEmail: true });
  expect(await wantedAttributes({ Ann: 'ann@example.com', Zoe: 'zoe@example.com' }, model)).toEqual({
    'Ann.Sub': 'sub-9',
    'Ann.Username': 'sub-9',
    'Zoe.Sub': '',
    'Zoe.Username': '',
  });
  expect(await wantedAttributes({}, model)).toEqual({});
});

test.each([
  ['UPDATE_ROLLBACK_IN_PROGRESS', true],
  ['ROLLBACK_IN_PROGRESS', true],
  ['UPDATE_IN_PROGRESS', false],
  ['DELETE_IN_PROGRESS', false],
])('a stack in %s goes back: %p', async (StackStatus, expected) => {
  const send = async () => ({ Stacks: [{ StackStatus }] });
  expect(await isRollingBack({ send } as never, 'stack')).toBe(expected);
});

test('a stack of which nothing can be known does not go back', async () => {
  expect(await isRollingBack({ send: () => Promise.reject(new Error()) } as never, 'stack')).toBe(false);
  expect(await isRollingBack({ send: async () => ({}) } as never, 'stack')).toBe(false);
});

test('an error of ours is told as it is', () => {
  const { lines, logger } = loggerOf();
  const error = new SeedError('in our words');
  expect(asSeedError(error, logger)).toBe(error);
  expect(error.stack).toBe('SeedError: in our words');
  expect(asSeedError(new MalformedProperties('the field'), logger).message).toBe('the field');
  expect(lines).toEqual([]);
});

test('an error that nobody expected is told without its words, which may quote a value', () => {
  const { lines, logger } = loggerOf();
  const error = Object.assign(new Error('the value SECRET\nSECRET is wrong'), { name: 'TypeError' });
  const told = asSeedError(error, logger);
  expect(told.message).toMatch(/TypeError/);
  expect(JSON.stringify([told.message, told.stack, lines])).not.toContain('SECRET');
  expect(lines).toMatchObject([
    ['error', 'Unexpected', { name: 'TypeError', at: expect.arrayContaining([expect.any(String)]) }],
  ]);
});
