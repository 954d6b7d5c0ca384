import type { Creation } from '../../../../lib/private/contracts/seed-creation';
import type { DeclaredUser } from '../../../../lib/private/contracts/seed-user';
import { planUser } from '../../../../lambda/seeder/plan';
import { PLAIN, type Rules } from '../../../../lambda/seeder/rules';
import { Effort, phaseOfItem } from '../../../../lambda/seeder/run/measure';
import type { Phase } from '../../../../lambda/seeder/settle';
import type { Item } from '../../../../lambda/seeder/run/item';

const QUIET: Creation = { invitation: [], forceAliasCreation: false };
const INVITING: Creation = { ...QUIET, invitation: ['EMAIL'] };
const declared = (over: Partial<DeclaredUser>, rules: Partial<Rules> = {}, before?: Partial<DeclaredUser>): Item => ({
  line: 0,
  intent: planUser(
    {
      username: 'ann',
      before: before && { attributes: {}, ...before },
      after: { attributes: {}, ...over },
      clientMetadata: {},
    },
    { ...PLAIN, ...rules },
  ),
});
const left: Item = {
  line: 0,
  intent: planUser(
    { username: 'ann', before: { attributes: {} }, after: undefined, clientMetadata: {} },
    { ...PLAIN, owner: 'own' },
  ),
};
const requests = (...items: Item[]): number => {
  const effort = new Effort();
  for (const item of items) effort.add(item);
  return effort.requests;
};

test.each<[string, Item, Creation | undefined, Phase]>([
  ['an attribute', declared({ attributes: { locale: 'de' } }), undefined, 'reversible'],
  ['an address that is to be confirmed', declared({ attributes: { email: 'a@x.org' } }), undefined, 'messages'],
  ['a creation', declared({}, { creation: QUIET }), QUIET, 'reversible'],
  ['an invitation', declared({}, { creation: INVITING }), INVITING, 'messages'],
  [
    'a user who was there before, though others are invited',
    declared({ attributes: { locale: 'de' } }, { creation: INVITING }, {}),
    INVITING,
    'reversible',
  ],
  ['a password', declared({ password: { kind: 'secret', secret: 's', temporary: false } }), undefined, 'passwords'],
  ['a deletion', left, undefined, 'deletions'],
])('the phase of %s', (_, item, creation, expected) => {
  expect(phaseOfItem(item, creation)).toBe(expected);
});

test('every kind of request has a pace of its own, and the longest queue counts', () => {
  const creation = { creation: { ...QUIET, owner: 'own' } };
  const made = declared({ groups: ['readers'], enabled: false, password: { kind: 'random' } }, creation);
  expect(requests(made)).toBe(3); // two groups and to disable; beside one creation, one password, two reads
  expect(requests(declared({ attributes: { locale: 'de' } }), declared({ attributes: { locale: 'de' } }))).toBe(2);
  expect(requests(declared({}, { creation: QUIET }), declared({}, { creation: QUIET }))).toBe(2);
});
