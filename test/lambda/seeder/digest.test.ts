import { digest } from '../../../lambda/seeder/digest';

const seed = (users: object[], more: object = {}) => ({
  userPoolId: 'pool',
  source: { kind: 'inline', users },
  ...more,
});
const ann = { username: 'ann', attributes: { locale: 'de', nickname: 'A' } };
const ben = { username: 'ben', attributes: {} };

test('the order of a map, and of users, who were one, tells nothing apart', () => {
  const other = { attributes: { nickname: 'A', locale: 'de' }, username: 'ann' };
  expect(digest(seed([ben, other]))).toBe(digest(seed([ann, ben])));
});

test.each<[string, object]>([
  ['another value', seed([{ ...ann, attributes: { locale: 'fr', nickname: 'A' } }, ben])],
  ['another user', seed([ann])],
  ['something else', seed([ann, ben], { prune: true })],
  ['groups in another order, which are a list', seed([{ ...ann, groups: ['b', 'a'] }, ben])],
])('%s is told apart', (_, other) => {
  expect(digest(other)).not.toBe(digest(seed([ann, ben])));
});

test('a list keeps its order', () => expect(digest(['a', 'b'])).not.toBe(digest(['b', 'a'])));
