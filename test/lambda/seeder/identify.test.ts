import { identify, namesOfAll } from '../../../lambda/seeder/identify';

const intent = (username: string, over: object = {}) => ({
  username,
  set: {},
  delete: [],
  prune: {},
  keep: [],
  clientMetadata: {},
  declared: true,
  ...over,
});
const users = new Map([
  ['ann', { username: 'id-1', attributes: {} }],
  ['ann@example.com', { username: 'id-1', attributes: {} }],
  ['ben', { username: 'id-2', attributes: {} }],
]);

test('two declared names of one user are found', () => {
  const { doubles } = identify([intent('ann'), intent('ben'), intent('ann@example.com')], users);
  expect(doubles).toEqual(['ann', 'ann@example.com']);
});

test('a user who is declared under another name than before is one user, and loses only what is declared no more', () => {
  const { identified, doubles } = identify(
    [
      intent('ann@example.com', { set: { nickname: 'An' }, delete: ['locale'], keep: ['nickname', 'locale'] }),
      intent('ann', { declared: false, prune: { nickname: 'An', locale: 'de', address: 'x' } }),
    ],
    users,
  );
  expect(doubles).toEqual([]);
  expect(identified.map(({ intent: { username, prune } }) => [username, prune])).toEqual([
    ['ann@example.com', { address: 'x' }],
  ]);
});

test('what is declared of a user comes before what is declared no more, in whatever order', () => {
  const { identified } = identify(
    [intent('ann', { declared: false, prune: { locale: 'de' } }), intent('ann@example.com', { keep: ['locale'] })],
    users,
  );
  expect(identified.map(({ intent: { username, prune } }) => [username, prune])).toEqual([['ann@example.com', {}]]);
});

test('a user whom the pool does not have is left out', () => {
  expect(identify([intent('nobody')], users).identified).toEqual([]);
});

test('users go by their name, their sub and what they sign in with, whatever the case', () => {
  const read = new Map([
    ['zoe', { username: 'zoe', attributes: { sub: 's-1', email: 'Zoe@example.com', nickname: 'ben' } }],
  ]);
  expect([...namesOfAll(read)]).toEqual(['zoe', 's-1', 'zoe@example.com']);
});
