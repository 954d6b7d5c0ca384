import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { BlankCells, ExistingValues, SeedSource, UserSelector } from '../../lib';
import { mistakesOf, propertiesOf } from './seeder-stack';

const users = [{ username: 'ann', attributes: { givenName: 'Ann', nickname: 'An', custom: { plan: 'gold' } } }];

test.each<[string, ExistingValues | undefined, unknown]>([
  ['nothing said', undefined, undefined],
  ['OVERWRITE', ExistingValues.OVERWRITE, undefined],
  ['KEEP', ExistingValues.KEEP, '*'],
  ['some kept', ExistingValues.keeping('nickname', 'givenName'), ['given_name', 'nickname']],
  ['one kept under two names', ExistingValues.keeping('custom.plan', 'custom:plan'), ['custom:plan']],
])('with %s, the function is told whose values stay', (_, existingValues, KeptAttributes) => {
  expect(propertiesOf({ users, existingValues }).KeptAttributes).toEqual(KeptAttributes);
});

describe('mistakes', () => {
  test.each<[string, unknown, RegExp]>([
    ['what is none', 'KEEP', /^existingValues must be an ExistingValues; declare ExistingValues.KEEP or/],
    ['no name', ExistingValues.keeping(), /^ExistingValues.keeping\(\) names no attribute; /],
    ['a name that is no text', ExistingValues.keeping(5 as never), /takes names of attributes; /],
    ['a misspelt name', ExistingValues.keeping('GivenName'), /^attribute 'GivenName': there is no standard attr.*write 'given_name'$/],
    ['a custom name without its prefix', ExistingValues.keeping('plan'), /^attribute 'plan': there is no .*; write 'custom.plan'$/],
    ['a misspelt one', ExistingValues.keeping('custom.plna'), /^attribute 'custom:plna': .*nobody declares it; write 'custom.plan'$/],
    ['a name that is near none', ExistingValues.keeping('locael'), /^attribute 'locael': there is no .*: custom:plan, given_name, nickname$/],
    ['the sub', ExistingValues.keeping('sub'), /^attribute 'sub': Cognito sets it and nobody can change it; /],
    ['a flag', ExistingValues.keeping('emailVerified'), /^attribute 'email_verified': it goes with its address.*; name email$/],
    ['what nobody declares', ExistingValues.keeping('locale'), /^attribute 'locale': .*nobody declares it; .*: custom:plan, given_name, nickname$/],
  ])('%s is refused', (_, existingValues, message) => {
    expect(mistakesOf({ users, existingValues: existingValues as never })).toEqual([expect.stringMatching(message)]);
  }); // prettier-ignore

  const DELETES =
    'existing values of it are kept, and a blank value would delete them; leave it out, or let existingValues overwrite it';

  test.each([ExistingValues.KEEP, ExistingValues.keeping('nickname')])('a blank value would delete what is kept', (existingValues) => {
    const attributes = { givenName: 'Ann', nickname: '' };
    expect(mistakesOf({ users: [{ username: 'ann', attributes }], existingValues })).toEqual([
      `user 'ann', attribute 'nickname': ${DELETES}`,
    ]);
    expect(mistakesOf({ source: SeedSource.existingUsers(UserSelector.all(), attributes), existingValues })).toEqual([
      `attribute 'nickname': ${DELETES}`,
    ]);
  }); // prettier-ignore

  test('so would a blank cell of a file', () => {
    const directory = mkdtempSync(join(tmpdir(), 'kept-'));
    const file = join(directory, 'users.csv');
    writeFileSync(file, 'username,given_name,nickname\nann,,An\nben,Ben,\n');
    const source = SeedSource.csv(file, { blankCells: BlankCells.DELETE });
    const found = [ExistingValues.KEEP, ExistingValues.keeping('nickname'), ExistingValues.keeping('custom.plan')].map(
      (existingValues) => mistakesOf({ source, existingValues }).map((line) => line.replace(/^.*users\.csv/, 'users.csv')),
    );
    rmSync(directory, { recursive: true });
    expect(found).toEqual([
      [`users.csv line 2, attribute 'given_name': ${DELETES}`, `users.csv line 3, attribute 'nickname': ${DELETES}`],
      [`users.csv line 3, attribute 'nickname': ${DELETES}`],
      [expect.stringMatching(/^attribute 'custom:plan': .*name one of those that are declared: given_name, nickname$/)],
    ]);
  }); // prettier-ignore

  test('of an object, only the deployment knows what it declares', () => {
    const found = mistakesOf((stack) => ({
      source: SeedSource.fromBucket(Bucket.fromBucketName(stack, 'B', 'people'), 'users.csv', { version: 'v1' }),
      existingValues: ExistingValues.keeping('custom.plan'),
    }));
    expect(found).toEqual([]);
  });

  test('a rule keeps what it declares', () => {
    const source = SeedSource.existingUsers(UserSelector.all(), { locale: 'de' });
    expect(mistakesOf({ source, existingValues: ExistingValues.keeping('locale') })).toEqual([]);
    expect(mistakesOf({ source, existingValues: ExistingValues.keeping('nickname') })).toHaveLength(1);
  });
});
