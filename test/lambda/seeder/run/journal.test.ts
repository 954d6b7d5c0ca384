import type { Planned } from '../../../../lambda/seeder/plan-rows';
import { planLiveUser } from '../../../../lambda/seeder/plan';
import { PLAIN } from '../../../../lambda/seeder/rules';
import { entryOf, type JournalEntry } from '../../../../lambda/seeder/run/journal';
import { type LiveUser, settle, undo } from '../../../../lambda/seeder/settle';

const RULES = { ...PLAIN, restores: true };
const planned: Planned = {
  line: 7,
  intent: planLiveUser(
    {
      username: 'ann',
      before: undefined,
      after: { attributes: { nickname: 'new', locale: 'de' }, groups: ['readers', 'admins'], enabled: false },
      clientMetadata: {},
    },
    RULES,
  ),
};
const user = (attributes: Record<string, string>, groups: string[], enabled = true): LiveUser => ({
  username: 'ann',
  attributes,
  groups,
  enabled,
});
const entry = (live: LiveUser, written?: JournalEntry) =>
  entryOf(planned, { change: settle(planned.intent, live) }, written);

test('a worker that follows a killed one adds nothing of what that one has done', () => {
  const before = user({ nickname: 'old' }, ['others']);
  const first = entry(before);
  // The attributes were written, one group was joined.
  const half = user({ nickname: 'new', locale: 'de' }, ['others', 'readers']);
  const second = entry(half, first);
  expect(second.change!.before).toMatchObject({ attributes: { nickname: 'old' }, groups: ['others'], enabled: true });
  expect(second.former).toEqual(first.former);
  const after = user({ nickname: 'new', locale: 'de' }, ['others', 'readers', 'admins'], false);
  expect(undo(second.change!, after)).toMatchObject({
    set: { nickname: 'old' },
    delete: ['locale'],
    account: { leave: ['readers', 'admins'], enabled: true },
  });
});

test('nor where nothing is left to do', () => {
  const first = entry(user({ nickname: 'old' }, []));
  const done = user({ nickname: 'new', locale: 'de' }, ['readers', 'admins'], false);
  expect(entry(done, first)).toEqual(first);
});

test('but what somebody else has changed between the two is what is put back', () => {
  const first = entry(user({ nickname: 'old' }, []));
  const second = entry(user({ nickname: 'theirs', locale: 'de' }, ['admins']), first);
  expect(second.change!.before.attributes).toEqual({ nickname: 'theirs' });
  expect(second.former!.attributes).toEqual({ nickname: 'theirs', locale: null });
});

test('a user whom somebody else has created meanwhile is changed, and not created', () => {
  const create = { ...settle(planned.intent, user({}, []))!, create: { attributes: {} } };
  const written: JournalEntry = { line: 7, username: 'ann', change: create };
  expect(entry(user({ nickname: 'theirs' }, []), written).change).toMatchObject({ set: { nickname: 'new' } });
  expect(entry(user({ nickname: 'theirs' }, []), written).change!.create).toBeUndefined();
  const finished = entryOf(planned, { change: settle(planned.intent, user({}, [])), begun: 's' }, written);
  expect(finished.change!.create).toEqual({ attributes: {} });
});
