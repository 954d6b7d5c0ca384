import { type Former, type Memory as UserMemory, remember } from '../../../lambda/seeder/former';
import { digestsOf, formersAt, isWayBack, type Journal, journalOf } from '../../../lambda/seeder/journal';
import { type Journals, MemoryLost, openMemory, remembers } from '../../../lambda/seeder/memory';
import type { Intent } from '../../../lambda/seeder/plan';
import type { Change } from '../../../lambda/seeder/settle';
import { stepBetween } from '../../../lambda/seeder/step';
import { undoStep } from '../../../lambda/seeder/way-back';
import { PoolModel, sdkError, withFaults } from '../../support/pool-model';
import { CREATING, NO_PASSWORDS, RESTORING, seedOf, Stack } from './support/steps';

const change = (over: Partial<Change>, before: Record<string, string> = {}): Change => ({
  declaredAs: 'ann',
  declared: true,
  before: { username: 'ann', attributes: before },
  set: {},
  delete: [],
  clientMetadata: {},
  ...over,
});
const former = (attributes: Former['attributes'], rest: Partial<Former> = {}): Former => ({ attributes, ...rest });
const NEVER = former({});
const memory = (over: Partial<UserMemory>): UserMemory => ({ former: NEVER, ...over });
const declares = (attributes: Record<string, string>, rest: object = {}) => ({ attributes, ...rest });

describe('what is remembered of a user', () => {
  test('is what a declaration’s first values have replaced, and that there was nothing', () => {
    const after = declares({ locale: 'de', nickname: 'An', website: '' });
    const made = change({ set: { locale: 'de', nickname: 'An' }, delete: ['website'] }, { locale: 'fr', website: 'x' });
    expect(remember(memory({ after }), made)).toEqual(former({ locale: 'fr', nickname: null, website: 'x' }));
  });

  test('is nothing where nothing was changed, or nothing is declared', () => {
    expect(remember(memory({ after: declares({ locale: 'de' }) }), undefined)).toBeUndefined();
    expect(remember(memory({ after: declares({ locale: 'de' }) }), change({ set: { nickname: 'x' } }))).toBeUndefined();
    expect(
      remember(memory({ former: former({ locale: 'fr' }), before: declares({ locale: 'de' }) }), change({})),
    ).toBeUndefined();
  });

  test('stays while declarations replace their own values', () => {
    const known = {
      former: former({ locale: 'fr', nickname: null }),
      before: declares({ locale: 'de', nickname: 'An' }),
    };
    const after = declares({ locale: 'it', nickname: '' });
    const made = change({ set: { locale: 'it' }, delete: ['nickname'] }, { locale: 'de', nickname: 'An' });
    expect(remember(memory({ ...known, after }), made)).toEqual(known.former);
    // What was declared absent was ours, too.
    const absent = memory({
      former: former({ locale: 'fr' }),
      before: declares({ locale: '' }),
      after: declares({ locale: 'de' }),
    });
    expect(remember(absent, change({ set: { locale: 'de' } }))).toEqual(former({ locale: 'fr' }));
  });

  test('is what somebody had put there before a later declaration overwrote it', () => {
    const known = memory({
      former: former({ locale: 'fr' }),
      before: declares({ locale: 'de' }),
      after: declares({ locale: 'it' }),
    });
    expect(remember(known, change({ set: { locale: 'it' } }, { locale: 'own' }))).toEqual(former({ locale: 'own' }));
    expect(remember(known, change({ set: { locale: 'it' } }))).toEqual(former({ locale: null }));
  });

  test('is forgotten with what leaves the declaration', () => {
    const known = memory({
      former: former({ locale: 'fr', nickname: 'An' }, { groups: { a: false, b: false }, enabled: true }),
      before: declares({ locale: 'de', nickname: 'x' }, { groups: ['a', 'b'], enabled: false }),
      after: declares({ nickname: 'x' }, { groups: ['b'] }),
    });
    expect(remember(known, undefined)).toEqual(former({ nickname: 'An' }, { groups: { b: false } }));
  });

  test('of an address is its flag with it, and of a flag its address', () => {
    const before = { email: 'old', email_verified: 'true' };
    const whole = former(before);
    const both = declares({ email: 'new', email_verified: 'true' });
    expect(remember(memory({ after: both }), change({ set: both.attributes }, before))).toEqual(whole);
    expect(remember(memory({ after: declares({ email: 'new' }) }), change({ set: { email: 'new' } }, before))).toEqual(
      whole,
    );
    const flagAlone = change({ set: { email_verified: 'true' } }, { email: 'new' });
    expect(remember(memory({ after: both }), flagAlone)).toEqual(former({ email: 'new', email_verified: null }));
  });

  test('of groups is which were joined because of it, as long as they are declared', () => {
    const after = declares({}, { groups: ['a', 'b', 'c'] });
    const joined = change({ account: { join: ['b'], leave: [] } });
    expect(remember(memory({ former: former({}, { groups: { a: false } }), after }), joined)).toEqual(
      former({}, { groups: { a: false, b: false } }),
    );
  });

  test('of whether a user may sign in is what was so before all declarations, or what somebody has made of it', () => {
    const disabled = (enabled: boolean) =>
      change({
        before: { username: 'ann', attributes: {}, enabled },
        account: { join: [], leave: [], enabled: !enabled },
      });
    const after = declares({}, { enabled: false });
    expect(remember(memory({ after }), disabled(true))).toEqual(former({}, { enabled: true }));
    expect(remember(memory({ after }), undefined)).toBeUndefined();
    const flipped = memory({ former: former({}, { enabled: false }), before: declares({}, { enabled: true }), after });
    expect(remember(flipped, disabled(true))).toEqual(former({}, { enabled: false }));
    expect(remember(flipped, undefined)).toEqual(former({}, { enabled: false }));
    const own = memory({ former: former({}, { enabled: false }), before: declares({}, { enabled: false }), after });
    expect(remember(own, disabled(true))).toEqual(former({}, { enabled: true }));
  });

  test('of a user who is created is that there was nothing', () => {
    const after = declares({ locale: 'de', nickname: '' }, { groups: ['a'], enabled: false });
    const made = change({ create: { attributes: { locale: 'de' }, groups: ['a'], enabled: false } });
    expect(remember(memory({ after }), made)).toEqual(former({ locale: null }, { groups: { a: false } }));
  });
});

describe('a journal', () => {
  const [a, b, c] = ['a', 'b', 'c'].map((locale) => seedOf([{ username: 'ann', attributes: { locale } }]));
  const journal = (from: typeof a | undefined, to: typeof a | undefined, over: Partial<Journal> = {}): Journal => ({
    request: 'r',
    ...digestsOf(from, to),
    changes: [],
    created: {},
    before: { ann: former({ locale: 'before' }) },
    after: { ann: former({ locale: 'after' }) },
    ...over,
  });

  test('knows what was there before its step and after it, by the declaration that is in force', () => {
    const { before, after } = journal(a, b);
    expect(formersAt(journal(a, b), digestsOf(b, c))).toEqual(after);
    expect(formersAt(journal(a, b), digestsOf(a, c))).toEqual(before);
    expect(formersAt(journal(a, b), digestsOf(a, b))).toEqual(before);
    expect(formersAt(journal(undefined, b), digestsOf(undefined, b))).toEqual(before);
    // From another pool, back to a declaration that is in force there.
    expect(formersAt(journal(a, b), digestsOf(undefined, b))).toEqual(after);
    expect(formersAt(journal(a, b), digestsOf(undefined, c))).toEqual({});
    // From a declaration that was refused, back to the one that is in force, whether the step of the journal was made or not.
    expect(formersAt(journal(a, b), digestsOf(c, b))).toEqual(after);
    expect(formersAt(journal(a, b), digestsOf(c, a))).toEqual(before);
    expect(formersAt(journal(a, b), digestsOf(b, a))).toEqual(after);
    expect(formersAt(journal(a, b), digestsOf(c, undefined))).toEqual({});
    expect(formersAt(undefined, digestsOf(a, b))).toEqual({});
  });

  test('tells a way back by both of its declarations', () => {
    expect(isWayBack(journal(a, b), digestsOf(b, a))).toBe(true);
    expect(isWayBack(journal(undefined, b), digestsOf(b, undefined))).toBe(true);
    expect(isWayBack(journal(a, b), digestsOf(b, c))).toBe(false);
    expect(isWayBack(journal(a, b), digestsOf(c, a))).toBe(false);
    expect(isWayBack(journal(a, b), digestsOf(a, b))).toBe(false);
    expect(isWayBack(undefined, digestsOf(b, a))).toBe(false);
  });

  const intent = (username: string, of: UserMemory): Intent => ({
    username,
    set: {},
    delete: [],
    prune: {},
    keep: [],
    clientMetadata: {},
    declared: true,
    memory: of,
  });

  test('keeps what is known of users whom its step does not concern, and forgets those who have left', () => {
    const begun = journal(a, b, {
      after: { ann: former({ locale: 'x' }), ben: former({ locale: 'y' }), cleo: former({ locale: 'z' }) },
    });
    const intents = [
      intent('ann', {
        former: former({ locale: 'x' }),
        before: declares({ locale: 'b' }),
        after: declares({ locale: 'c' }),
      }),
      intent('ben', { former: former({ locale: 'y' }), before: declares({ locale: 'b' }) }),
    ];
    const made = journalOf(begun, 'another', digestsOf(b, c), intents, [
      change({ set: { locale: 'c' } }, { locale: 'b' }),
    ]);
    expect(made.before).toEqual(begun.after);
    expect(made.after).toEqual({ ann: former({ locale: 'x' }), cleo: former({ locale: 'z' }) });
  });

  test('of a request that has come again knows what was there before its first attempt, and who was created', () => {
    const intents = [intent('ann', memory({ after: declares({ locale: 'de', nickname: 'An' }) }))];
    const first = journalOf(undefined, 'r', digestsOf(undefined, a), intents, [
      change(
        { set: { locale: 'de', nickname: 'An' }, account: { join: ['x'], leave: [], enabled: false } },
        { locale: 'fr' },
      ),
      change({ declaredAs: 'zoe', create: declares({}) }),
      change({ declaredAs: 'cleo', delete: ['locale'] }, { locale: 'x' }),
    ]);
    const stored = { ...first, created: { zoe: 'sub' } };
    const second = [
      change({ set: { nickname: 'An' }, account: { join: ['y'], leave: ['z'] } }, { locale: 'de' }),
      change({ declaredAs: 'zoe', set: { locale: 'de' } }, { sub: 'sub' }),
      change({ declaredAs: 'dan', set: { locale: 'de' } }),
    ];
    const again = journalOf(stored, 'r', digestsOf(undefined, a), intents, second);
    expect(again.created).toEqual({ zoe: 'sub' });
    expect(again.changes).toMatchObject([
      {
        declaredAs: 'ann',
        before: { attributes: { locale: 'fr' } },
        set: { locale: 'de', nickname: 'An' },
        account: { join: ['x', 'y'], leave: ['z'], enabled: false },
      },
      { declaredAs: 'zoe', create: {}, before: { attributes: {} } },
      { declaredAs: 'cleo', delete: ['locale'] },
      { declaredAs: 'dan' },
    ]);
    expect(again.after).toEqual({ ann: former({ locale: 'fr', nickname: null }) });

    const another = journalOf(stored, 'another', digestsOf(undefined, a), intents, second);
    expect(another.created).toEqual({});
    expect(another.changes.map(({ declaredAs }) => declaredAs)).toEqual(['ann', 'zoe', 'dan']);
    expect(journalOf(stored, 'r', digestsOf(undefined, b), intents, second).created).toEqual({});
  });
});

describe('the memory of a request', () => {
  const seed = seedOf([{ username: 'ann', attributes: { locale: 'de' } }], RESTORING);
  const request = { stackId: 'stack', seeder: 'Seeder', requestId: 'r', previous: undefined, desired: seed };
  const journals = (over: Partial<Journals> = {}): Journals => ({
    load: async () => undefined,
    save: async () => undefined,
    forget: async () => undefined,
    ...over,
  });
  const failing = () => Promise.reject(sdkError('AccessDenied'));
  const open = (over: Partial<Journals>, isRollingBack = false, of: object = {}) =>
    openMemory({ ...request, ...of }, { journals: () => journals(over), isRollingBack: async () => isRollingBack });
  const step = stepBetween({ users: [] }, { users: [] }, { rules: {} as never, onMissingUser: 'FAIL', removal: false });

  test('is asked for where a declaration restores, and has a place for it', () => {
    expect(remembers(seed)).toBe(true);
    expect(remembers(undefined, seed)).toBe(true);
    expect(remembers(seedOf([]), undefined)).toBe(false);
    expect(remembers({ ...seed, bucket: undefined })).toBe(false);
  });

  test('that cannot be read stops everything but the way back', async () => {
    await expect(open({ load: failing })).rejects.toBeInstanceOf(MemoryLost);
    expect(await open({ load: failing }, true)).toMatchObject({ formers: {} });
  });

  test('that cannot be written stops everything', async () => {
    const memory = await open({ save: failing });
    await expect(memory.witness(step).beforeChanges!([])).rejects.toBeInstanceOf(MemoryLost);
  });

  test('of users who are there by now does not stop anything', async () => {
    let saves = 0;
    const memory = await open({ save: async () => (saves++ > 0 ? failing() : undefined) });
    const { beforeChanges, afterCreations } = memory.witness(step);
    await beforeChanges!([]);
    await expect(afterCreations!(new Map([[change({}), 'sub']]))).resolves.toBeUndefined();
    expect(saves).toBe(2);
  });

  test('is not written where the declaration to come does not ask for it', async () => {
    const memory = await open({ save: failing }, false, { previous: seed, desired: seedOf([]) });
    expect(memory.witness(step)).toEqual({});
  });

  test('has a place for each stack, seeder and pool', async () => {
    const places = new Set<string>();
    const load = async (name: string) => void places.add(name);
    await open({ load } as never);
    await open({ load } as never, false, { stackId: 'another' });
    await open({ load } as never, false, { desired: { ...seed, userPoolId: 'another' } });
    await open({ load } as never, false, { seeder: 'Another' });
    await open({ load } as never, false, { requestId: 'another' });
    expect(places.size).toBe(4);
    expect([...places].every((name) => /^(Seeder|Another)\/\w{24}\.json$/.test(name))).toBe(true);
  });

  test('takes a request for the way back only while CloudFormation goes back', async () => {
    const model = new PoolModel({ ann: { locale: 'fr' } });
    const stack = new Stack(model, RESTORING);
    await stack.deploy([{ username: 'ann', attributes: { locale: 'de' } }]);
    const load = async () => stack.journal;
    const removal = { previous: stack.inForce, desired: undefined };
    expect((await open({ load }, true, removal)).wayBack).toBeDefined();
    expect((await open({ load }, false, removal)).wayBack).toBeUndefined();
    expect((await open({ load }, true, { previous: undefined, desired: stack.inForce })).wayBack).toBeUndefined();
  });
});

describe('memories outlive', () => {
  const ann = (locale: string, nickname?: string) => [
    { username: 'ann', attributes: { locale, ...(nickname === undefined ? {} : { nickname }) } },
  ];

  test('a deployment that changes nobody', async () => {
    const model = new PoolModel({ ann: { locale: 'fr', nickname: 'An' } });
    const stack = new Stack(model, RESTORING);
    await stack.deploy(ann('de'));
    await stack.deploy(ann('de', 'An')); // has it already
    await stack.deploy(ann('de', 'An'), { terms: { requestsPerSecond: 5 } });
    await stack.deploy(ann('it', 'An'));
    await stack.remove();
    expect(model.snapshot().ann).toEqual({ locale: 'fr', nickname: 'An' });
  });

  test('a deployment that is refused', async () => {
    const model = new PoolModel({ ann: { locale: 'fr' } });
    const stack = new Stack(model, RESTORING);
    await stack.deploy(ann('de'));
    expect(await stack.deploy([...ann('it'), { username: 'zoe', attributes: { locale: 'de' } }])).toMatchObject({
      failed: [{}],
    });
    await stack.goBack();
    await stack.remove();
    expect(model.snapshot().ann).toEqual({ locale: 'fr' });
  });

  test('no removal', async () => {
    const model = new PoolModel({ ann: { locale: 'fr' } });
    const stack = new Stack(model, RESTORING);
    await stack.deploy(ann('de'));
    await stack.remove();
    expect(stack.journal).toBeUndefined();
  });
});

describe('a memory is forgotten with what leaves the declaration, although nothing is to be done', () => {
  test('since somebody has changed the value, and declares it again', async () => {
    for (const compareWith of ['PREVIOUS_DECLARATION', 'LIVE_POOL'] as const) {
      const model = new PoolModel({ ann: { locale: 'fr' } });
      const stack = new Stack(model, { ...RESTORING, compareWith });
      const ann = (attributes: Record<string, string>) => [{ username: 'ann', attributes }];
      await stack.deploy(ann({ locale: 'de' }));
      await model.set('ann', { locale: 'own' });
      await stack.deploy(ann({}));
      await stack.deploy(ann({ locale: 'own' }));
      await stack.remove();
      expect([compareWith, model.snapshot().ann]).toEqual([compareWith, { locale: 'own' }]);
    }
  });

  test('since the user is as before all of it', async () => {
    for (const compareWith of ['PREVIOUS_DECLARATION', 'LIVE_POOL'] as const) {
      const model = new PoolModel({ ann: {} }, { accounts: { ann: { enabled: false } } });
      const stack = new Stack(model, { ...RESTORING, compareWith });
      const ann = (enabled?: boolean) => [{ username: 'ann', attributes: {}, enabled }];
      for (const enabled of [true, false, undefined]) await stack.deploy(ann(enabled));
      await model.setEnabled('ann', true);
      await stack.deploy(ann(true));
      await stack.remove();
      expect([compareWith, model.people().ann.enabled]).toEqual([compareWith, true]);
    }
  });
});

describe('undoing a step', () => {
  test('tells who is back, who could not be put back, and who is lost', async () => {
    const model = new PoolModel({ ann: { locale: 'fr' }, ben: { locale: 'fr' }, cleo: { locale: 'de' } });
    const stack = new Stack(model, { ...RESTORING, ...CREATING });
    await stack.deploy(['ann', 'ben', 'cleo', 'zoe'].map((username) => ({ username, attributes: { locale: 'de' } })));
    const journal = { ...stack.journal!, created: {} };
    const cognito = withFaults(model, (name) => (name === 'ben' ? sdkError('InvalidParameterException') : undefined));
    const surroundings = { cognitoForRestoring: cognito, passwords: NO_PASSWORDS, workers: 1 };
    expect(await undoStep(journal, surroundings)).toMatchObject({
      planned: 3,
      changed: ['ann'],
      notRestored: ['ben'],
      lost: ['zoe'],
      unchanged: 1,
      failed: [],
    });
    expect(Object.keys(model.people())).toContain('zoe');
  });

  test('removes whom it has created, and nobody who has taken their name', async () => {
    const model = new PoolModel({});
    const stack = new Stack(model, { ...RESTORING, ...CREATING });
    await stack.deploy(['xena', 'zoe'].map((username) => ({ username, attributes: {} })));
    await model.remove('zoe');
    await model.create({
      username: 'zoe',
      attributes: {},
      clientMetadata: {},
      validationData: {},
      forceAliasCreation: false,
      invitation: [],
    });
    expect(await stack.goBack()).toMatchObject({ changed: ['xena'], notRestored: [], lost: [] });
    expect(Object.keys(model.people())).toEqual(['zoe']);
  });
});
