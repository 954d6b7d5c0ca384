import { type Declaration, hasWork, NOTHING, plan as planAll } from '../../../lambda/seeder/plan';
import type { Former } from '../../../lambda/seeder/former';
import { PLAIN, type Rules } from '../../../lambda/seeder/rules';
import { settle, undo } from '../../../lambda/seeder/settle';

const plan = (previous: Declaration, desired: Declaration, prune: boolean) =>
  planAll(previous, desired, { ...PLAIN, prune }).filter(hasWork);

const declared = (attributes: Record<string, string>, clientMetadata?: Record<string, string>) => ({
  users: [{ username: 'ann', attributes, clientMetadata }],
});

describe('plan', () => {
  test('sets what is declared and deletes what is declared blank', () => {
    expect(plan(NOTHING, declared({ given_name: 'Ann', nickname: '' }), true)).toEqual([
      {
        username: 'ann',
        set: { given_name: 'Ann' },
        delete: ['nickname'],
        prune: {},
        keep: ['given_name', 'nickname'],
        clientMetadata: {},
        declared: true,
      },
    ]);
  });

  test('has nothing for a user who is declared as before, whatever their metadata', () => {
    expect(plan(declared({ email: 'a' }, { x: '1' }), declared({ email: 'a' }, { x: '2' }), true)).toEqual([]);
  });

  test('prunes what is declared no more, with the value that was', () => {
    expect(plan(declared({ given_name: 'Ann', nickname: 'An' }), declared({ given_name: 'Ann' }), true)).toMatchObject([
      { set: {}, delete: [], prune: { nickname: 'An' } },
    ]);
  });

  test('prunes a user who is declared no more, who need not exist', () => {
    expect(plan(declared({ nickname: 'An' }), NOTHING, true)).toMatchObject([
      { username: 'ann', prune: { nickname: 'An' }, declared: false },
    ]);
  });

  test('leaves everything where pruning is off', () => {
    expect(plan(declared({ nickname: 'An' }), declared({ given_name: 'Ann' }), false)).toMatchObject([{ prune: {} }]);
    expect(plan(declared({ nickname: 'An' }), NOTHING, false)).toEqual([]);
  });

  test('does not prune what was declared blank', () => {
    expect(plan(declared({ nickname: '' }), NOTHING, true)).toEqual([]);
  });

  test('sends a changed address together with its unchanged flag, lest Cognito reset it and send a code', () => {
    const verified = (email: string) => declared({ email, email_verified: 'true' });
    expect(plan(verified('old'), verified('new'), true)).toMatchObject([
      { set: { email: 'new', email_verified: 'true' } },
    ]);
  });

  test('sends a changed flag together with its unchanged address', () => {
    expect(plan(declared({ email: 'a' }), declared({ email: 'a', email_verified: 'true' }), true)).toMatchObject([
      { set: { email: 'a', email_verified: 'true' } },
    ]);
  });

  test('keeps an address verified whose flag is declared no more', () => {
    expect(plan(declared({ email: 'a', email_verified: 'true' }), declared({ email: 'a' }), true)).toEqual([]);
  });

  test('forgets the flag of an address that a token resolved to a blank', () => {
    const [intent] = plan(NOTHING, declared({ phone_number: '', phone_number_verified: 'true' }), true);
    expect([intent.set, intent.delete]).toEqual([{}, ['phone_number']]);
  });

  test("sends the seeder's metadata and the user's, whose keys win", () => {
    const desired = {
      ...declared({ email: 'a' }, { b: 'user', c: 'user' }),
      clientMetadata: { a: 'seeder', b: 'seeder' },
    };
    expect(plan(NOTHING, desired, true)).toMatchObject([{ clientMetadata: { a: 'seeder', b: 'user', c: 'user' } }]);
  });

  test('takes attributes called like methods of objects for attributes', () => {
    expect(plan(NOTHING, declared({ constructor: 'x', toString: '' }), true)).toMatchObject([
      { set: { constructor: 'x' }, delete: ['toString'] },
    ]);
    expect(plan(declared({ 'custom:a': 'x' }), declared({ 'custom:a': 'x', constructor: 'y' }), true)).toMatchObject([
      { set: { constructor: 'y' } },
    ]);
  });
});

describe('plan by other rules', () => {
  const only = (rules: Partial<Rules>, previous: Declaration, desired: Declaration, former?: Former) =>
    planAll(previous, desired, { ...PLAIN, ...rules }, () => former)[0];

  test('does not prune the address that a user signs in with', () => {
    const declaration = {
      users: [{ username: 'a@example.com', attributes: { email: 'a@example.com', locale: 'de' } }],
    };
    expect(plan(declaration, NOTHING, true)).toMatchObject([{ prune: { locale: 'de' } }]);
  });

  test('names what is kept, by its address', () => {
    const verified = declared({ email: 'a', email_verified: 'true', locale: 'de', nickname: '' });
    expect(only({ kept: ['email', 'nickname'] }, NOTHING, verified)).toMatchObject({
      set: { email: 'a', email_verified: 'true', locale: 'de' },
      kept: ['email', 'email_verified'],
      delete: [],
    });
    expect(only({ kept: 'ALL' }, NOTHING, verified).kept).toEqual(['email', 'email_verified', 'locale']);
    expect(only({ kept: ['website'] }, NOTHING, verified)).not.toHaveProperty('kept');
  });

  test('creates with all that is declared, and looks for whom nobody has declared before', () => {
    const creation = { invitation: [], forceAliasCreation: false };
    const some = declared({ locale: 'de', nickname: '' });
    expect(only({ creation }, NOTHING, some)).toMatchObject({
      creation: { attributes: { locale: 'de' } },
      isNew: true,
    });
    expect(only({ creation }, NOTHING, declared({}))).toMatchObject({ isNew: true });
    expect(only({ creation }, some, some)).not.toHaveProperty('isNew');
    expect(only({ creation }, some, NOTHING)).not.toHaveProperty('creation');
    expect(only({}, NOTHING, some)).not.toHaveProperty('creation');
  });

  test('takes what was to be absent back where that is remembered', () => {
    expect(only({}, declared({ nickname: '' }), NOTHING).prune).toEqual({});
    expect(only({ restores: true }, declared({ nickname: '' }), NOTHING).prune).toEqual({ nickname: '' });
  });
});

describe('settle of what is remembered', () => {
  const settled = (
    before: Record<string, string>,
    live: Record<string, string>,
    former: Former['attributes'],
    after = {},
  ) => {
    const rules = { ...PLAIN, restores: true };
    const [intent] = planAll(declared(before), declared(after), rules, () => ({ attributes: former }));
    const change = settle(intent, { username: 'ann', attributes: live });
    return change && { set: change.set, delete: change.delete };
  };

  test('puts back what was there, and deletes what was not', () => {
    expect(
      settled({ locale: 'de', nickname: 'x' }, { locale: 'de', nickname: 'x' }, { locale: 'fr', nickname: null }),
    ).toEqual({
      set: { locale: 'fr' },
      delete: ['nickname'],
    });
  });

  test('leaves alone what it knows nothing of, and what somebody has changed', () => {
    expect(settled({ locale: 'de' }, { locale: 'de' }, {})).toBeUndefined();
    expect(settled({ locale: 'de' }, { locale: 'own' }, { locale: 'fr' })).toBeUndefined();
    expect(settled({ locale: '' }, { locale: 'own' }, { locale: 'fr' })).toBeUndefined();
  });

  test('puts back what was to be absent', () => {
    expect(settled({ locale: '' }, {}, { locale: 'fr' })).toEqual({ set: { locale: 'fr' }, delete: [] });
    expect(settled({ locale: '' }, {}, { locale: null })).toBeUndefined();
  });

  test('puts an address back with its flag, so that its owner is sent no code', () => {
    const live = { email: 'new', email_verified: 'true' };
    expect(settled({ email: 'new' }, live, { email: 'old', email_verified: 'true' })?.set).toEqual({
      email: 'old',
      email_verified: 'true',
    });
    expect(settled({ email: 'new' }, live, { email: 'old', email_verified: null })?.set).toEqual({
      email: 'old',
      email_verified: 'false',
    });
    expect(settled({ email: 'new' }, live, { email: null, email_verified: null })?.delete).toEqual([
      'email',
      'email_verified',
    ]);
  });

  test('leaves a flag as it is declared without its address', () => {
    const verified = { email: 'new', email_verified: 'true' };
    const flag = { email_verified: 'true' };
    expect(settled(verified, verified, { email: 'old', email_verified: 'false' }, flag)?.set).toEqual({
      email: 'old',
      ...flag,
    });
    expect(settled(verified, verified, { email: null, email_verified: null }, flag)).toEqual({
      set: {},
      delete: ['email'],
    });
  });
});

describe('settle', () => {
  const intent = {
    username: 'ann',
    set: { given_name: 'Ann', email: 'new', email_verified: 'true' },
    delete: ['nickname'],
    prune: { 'custom:plan': 'trial' },
    keep: ['given_name', 'email', 'email_verified', 'nickname'],
    clientMetadata: {},
    declared: true,
  };
  const live = (attributes: Record<string, string>) => ({ username: 'ann', attributes });

  test('leaves out what the user has already', () => {
    expect(settle(intent, live({ given_name: 'Ann', email: 'old', email_verified: 'true' }))).toMatchObject({
      set: { email: 'new', email_verified: 'true' },
      delete: [],
    });
  });

  test('is nothing where all is so already', () => {
    expect(settle(intent, live({ given_name: 'Ann', email: 'new', email_verified: 'true' }))).toBeUndefined();
  });

  test('prunes a value that is still as it was declared', () => {
    const change = settle({ ...intent, set: {} }, live({ nickname: 'An', 'custom:plan': 'trial' }));
    expect(change?.delete).toEqual(['nickname', 'custom:plan']);
  });

  test('keeps a value that somebody has changed since', () => {
    expect(settle({ ...intent, set: {}, delete: [] }, live({ 'custom:plan': 'paid' }))).toBeUndefined();
  });
});

describe('undo', () => {
  const change = (before: Record<string, string>, set: Record<string, string>, deleted: string[] = []) => ({
    declaredAs: 'ann',
    declared: true,
    set,
    delete: deleted,
    clientMetadata: {},
    before: { username: 'ann', attributes: before },
  });
  const live = (attributes: Record<string, string>) => ({ username: 'ann', attributes });

  test('sets what was there and deletes what was not', () => {
    const made = change({ given_name: 'Ann', nickname: 'An' }, { given_name: 'Anna', locale: 'de' }, ['nickname']);
    const back = undo(made, live({ given_name: 'Anna', locale: 'de' }));
    expect([back?.set, back?.delete]).toEqual([{ given_name: 'Ann', nickname: 'An' }, ['locale']]);
  });

  test('is nothing for a user whom the change never reached', () => {
    expect(undo(change({ given_name: 'Ann' }, { given_name: 'Anna' }), live({ given_name: 'Ann' }))).toBeUndefined();
  });

  test('keeps what somebody else has changed since', () => {
    const made = change({ given_name: 'Ann', locale: 'de' }, { given_name: 'Anna', locale: 'fr' }, []);
    expect(undo(made, live({ given_name: 'Annabel', locale: 'fr' }))?.set).toEqual({ locale: 'de' });
    expect(undo(change({ nickname: 'An' }, {}, ['nickname']), live({ nickname: 'Annie' }))).toBeUndefined();
  });

  test('gives an address its flag back, so that its owner is sent no code', () => {
    const verified = change({ email: 'old', email_verified: 'true' }, { email: 'new' });
    expect(undo(verified, live({ email: 'new', email_verified: 'false' }))?.set).toEqual({
      email: 'old',
      email_verified: 'true',
    });
  });

  test('takes an address away that was not there before', () => {
    const added = change({}, { email: 'new', email_verified: 'true' });
    const back = undo(added, live({ email: 'new', email_verified: 'true' }));
    expect([back?.set, back?.delete]).toEqual([{}, ['email', 'email_verified']]);
  });

  test('leaves the address alone that somebody has changed since, and its flag with it', () => {
    const before = { email: 'old', email_verified: 'false' };
    const flagAlone = change(before, { email: 'old', email_verified: 'true' });
    expect(undo(flagAlone, live({ email: 'anns own', email_verified: 'true' }))).toBeUndefined();
  });

  test('leaves nobody’s address verified that was not', () => {
    const both = change({ email: 'old' }, { email: 'new', email_verified: 'true' });
    expect(undo(both, live({ email: 'new', email_verified: 'true' }))).toMatchObject({
      set: { email: 'old', email_verified: 'false' },
      delete: [],
    });
    const flagAlone = change({ email: 'old' }, { email_verified: 'true' });
    expect(undo(flagAlone, live({ email: 'old', email_verified: 'true' }))?.set).toEqual({
      email: 'old',
      email_verified: 'false',
    });
  });
});
