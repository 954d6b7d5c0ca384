import {
  type Account,
  hasAccountWork,
  NO_ACCOUNT,
  planAccount,
  settleAccount,
  undoAccount,
} from '../../../lambda/seeder/account';
import { secret } from './support/steps';

const STEP = { anew: false, prune: true };
const LIVE = { anew: true, prune: true };
const account = (over: Partial<Account>): Account => ({ ...NO_ACCOUNT, ...over });

describe('groups', () => {
  test('that are declared newly are joined, and those that are declared no more left', () => {
    expect(planAccount({ groups: ['a', 'b'] }, { groups: ['b', 'c'] }, STEP)).toEqual({ join: ['c'], leave: ['a'] });
  });

  test('are all joined where the pool itself is looked at', () => {
    expect(planAccount({ groups: ['a', 'b'] }, { groups: ['b', 'c'] }, LIVE)).toEqual({
      join: ['b', 'c'],
      leave: ['a'],
    });
  });

  test('stay where nothing is pruned', () => {
    expect(planAccount({ groups: ['a'] }, {}, { ...STEP, prune: false })).toEqual(NO_ACCOUNT);
  });

  test('are left with the whole user, and are nobody’s business where none are declared', () => {
    expect(planAccount({ groups: ['a'] }, {}, STEP)).toEqual({ join: [], leave: ['a'] });
    expect(planAccount({}, {}, LIVE)).toEqual(NO_ACCOUNT);
  });

  test('of which the user was a member before, or of which nobody knows, are not left where former values come back', () => {
    const former = { attributes: {}, groups: { a: false, b: true } };
    expect(planAccount({ groups: ['a', 'b', 'c'] }, {}, { ...STEP, former }).leave).toEqual(['a']);
    expect(planAccount({ groups: ['a'] }, {}, { ...STEP, former: { attributes: {} } }).leave).toEqual([]);
  });

  test('are joined and left only as far as that is not so already; those of others are untouched', () => {
    const planned = account({ join: ['a', 'b'], leave: ['c', 'd'] });
    expect(settleAccount(planned, { groups: ['a', 'c', 'theirs'] })).toEqual({ join: ['b'], leave: ['c'] });
    expect(hasAccountWork(settleAccount(planned, { groups: ['a', 'b', 'theirs'] }))).toBe(false);
  });

  test('that nobody has looked at may need all of it', () => {
    expect(settleAccount(account({ join: ['a'], leave: ['b'] }), {})).toEqual({ join: ['a'], leave: ['b'] });
  });
});

describe('enabled', () => {
  test.each([
    [undefined, true, { enabled: true }],
    [undefined, false, { enabled: false }],
    [true, false, { enabled: false }],
    [true, true, {}],
    [false, undefined, {}],
  ])('declared %p before and %p now', (before, after, expected) => {
    expect(planAccount({ enabled: before }, { enabled: after }, STEP)).toEqual({ ...NO_ACCOUNT, ...expected });
  });

  test('counts, changed or not, where the pool itself is looked at', () => {
    expect(planAccount({ enabled: true }, { enabled: true }, LIVE).enabled).toBe(true);
  });

  test('a user who leaves stays disabled: nobody is let in again because a line is gone', () => {
    for (const rules of [STEP, LIVE]) expect(planAccount({ enabled: false }, {}, rules).enabled).toBeUndefined();
  });

  test('a user who leaves is as before where that is remembered', () => {
    const former = { attributes: {}, enabled: true };
    expect(planAccount({ enabled: false }, {}, { ...STEP, former }).enabled).toBe(true);
    expect(planAccount({ enabled: false }, {}, { ...LIVE, former }).enabled).toBe(true);
    expect(planAccount({ enabled: false }, {}, { ...STEP, prune: false, former }).enabled).toBeUndefined();
    expect(planAccount({}, {}, { ...STEP, former }).enabled).toBeUndefined();
    // What the declaration says now counts for more.
    expect(planAccount({ enabled: true }, { enabled: false }, { ...STEP, former }).enabled).toBe(false);
  });

  test('a user who was so before all of it, and whom somebody else has let in since, stays', () => {
    const former = { attributes: {}, enabled: false };
    for (const rules of [STEP, LIVE]) {
      expect(planAccount({ enabled: false }, {}, { ...rules, former }).enabled).toBeUndefined();
    }
  });

  test('is not sent to whom has it already', () => {
    expect(settleAccount(account({ enabled: false }), { enabled: false })).toEqual(NO_ACCOUNT);
    expect(settleAccount(account({ enabled: false }), { enabled: true }).enabled).toBe(false);
    expect(settleAccount(account({ enabled: true }), {}).enabled).toBe(true);
  });
});

describe('a password', () => {
  test('out of a secret is set by each step, and once more where it was declared before', () => {
    const password = secret('s');
    expect(planAccount({}, { password }, STEP)).toEqual({ ...NO_ACCOUNT, password });
    const again = { ...NO_ACCOUNT, password, passwordAgain: true };
    expect(planAccount({ password }, { password }, STEP)).toEqual(again);
    expect(hasAccountWork(planAccount({ password }, { password }, STEP))).toBe(true);
    expect(settleAccount(again as Account, { enabled: true, groups: [] })).toEqual(again);
  });

  test('out of another secret is a new one', () => {
    expect(planAccount({ password: secret('s') }, { password: secret('t') }, STEP).passwordAgain).toBeUndefined();
    const field = { ...secret('s'), field: 'password' };
    expect(planAccount({ password: secret('s') }, { password: field }, STEP).passwordAgain).toBeUndefined();
  });

  test.each([secret('s', true), { kind: 'random' } as const, undefined])('%j is for the creation alone', (password) => {
    for (const rules of [STEP, LIVE]) expect(planAccount({}, { password }, rules)).toEqual(NO_ACCOUNT);
  });

  test('stays when it leaves the declaration', () => {
    expect(planAccount({ password: secret('s') }, {}, STEP)).toEqual(NO_ACCOUNT);
  });
});

describe('the way back', () => {
  const made = account({ join: ['new', 'both'], leave: ['old', 'gone'], enabled: false, password: secret('s') });
  const before = { enabled: true, groups: ['both', 'old', 'theirs'] };

  test('joins what was left and leaves what was joined, where the user was in it before or not', () => {
    const after = { enabled: false, groups: ['new', 'both', 'theirs'] };
    expect(undoAccount(made, before, after)).toEqual({ join: ['old'], leave: ['new'], enabled: true });
  });

  test('is nothing for whom nothing was done', () => {
    expect(undoAccount(made, before, before)).toEqual(NO_ACCOUNT);
  });

  test('leaves what others have done', () => {
    const after = { enabled: true, groups: ['both', 'old', 'theirs', 'another'] };
    expect(undoAccount(made, before, after)).toEqual(NO_ACCOUNT);
    expect(undoAccount(account({ join: ['new'] }), before, { enabled: false, groups: ['new'] })).toEqual({
      join: [],
      leave: ['new'],
    });
  });

  test('does not let in or lock out whom nobody has looked at', () => {
    expect(undoAccount(account({ enabled: false }), {}, { enabled: false })).toEqual(NO_ACCOUNT);
  });
});
