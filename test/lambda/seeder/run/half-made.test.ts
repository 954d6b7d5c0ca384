import type { Intent } from '../../../../lambda/seeder/plan';
import { begunBefore } from '../../../../lambda/seeder/run/half-made';
import type { LiveUser } from '../../../../lambda/seeder/settle';

const SINCE = 1_000_000;
const PERIOD = { at: SINCE, until: SINCE + 60_000 };
const intent: Intent = {
  username: 'ann',
  set: {},
  delete: [],
  prune: {},
  keep: [],
  clientMetadata: {},
  declared: true,
  creation: {
    attributes: { nickname: 'A' },
    groups: ['readers'],
    enabled: false,
    password: { kind: 'random' },
    owner: 'own',
  },
};
const live = (over: Partial<LiveUser> = {}): LiveUser => ({
  username: 'ann',
  attributes: { sub: 's', nickname: 'A' },
  enabled: true,
  status: 'FORCE_CHANGE_PASSWORD',
  createdAt: SINCE + 1,
  ...over,
});
const inGroups = (...groups: string[]) => ({ groups: async () => groups });
const found = (user: LiveUser, groups: string[] = []) => begunBefore(intent, user, PERIOD, inGroups(...groups));

test('whoever was there before the chunk was begun is nobody’s unfinished work', async () => {
  expect(await found(live({ createdAt: SINCE - 60_000 }))).toBeUndefined();
  expect(await found(live({ createdAt: undefined }))).toBeUndefined();
  // And whoever has come after the last worker, too.
  expect(await found(live({ createdAt: PERIOD.until + 60_000 }))).toBeUndefined();
  expect(await begunBefore({ ...intent, creation: undefined }, live(), PERIOD, inGroups())).toBeUndefined();
});

test('of a user without a password, everything after the first request is done again', async () => {
  const { rest, sub } = (await found(live()))!;
  expect(sub).toBe('s');
  expect(rest).toMatchObject({
    set: {},
    account: { join: ['own', 'readers'], enabled: false, password: { kind: 'random' } },
  });
});

test('of one with a password, what is declared after it', async () => {
  const confirmed = live({ status: 'CONFIRMED' });
  expect((await found(confirmed, ['readers', 'own']))!.rest).toMatchObject({ account: { join: [], enabled: false } });
  expect((await found(confirmed, ['readers', 'own']))!.rest!.account!.password).toBeUndefined();
});

test('nothing is left where the last has been done', async () => {
  expect(await found(live({ enabled: false }))).toEqual({ sub: 's' });
});

test('a user of the name whom somebody else has created meanwhile stays theirs', async () => {
  expect(await found(live({ status: 'CONFIRMED' }), ['readers'])).toBeUndefined();
  expect(await found(live({ status: 'CONFIRMED', attributes: { sub: 's' } }), ['readers', 'own'])).toBeUndefined();
  expect(await found(live({ status: 'UNCONFIRMED' }), ['readers', 'own'])).toBeUndefined();
});
