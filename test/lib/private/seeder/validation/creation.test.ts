import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CfnParameter, RemovalPolicy } from 'aws-cdk-lib';
import { StringAttribute, UserPool, type UserPoolProps } from 'aws-cdk-lib/aws-cognito';
import {
  ContactVerification,
  type CreateUsersOptions,
  FormerValues,
  Invitation,
  MissingUsers,
  SeedSource,
  type SeedUser,
  UserPassword,
} from '../../../../../lib';
import { SeederStack } from '../../../seeder-stack';

let directory: string;
beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'creation-'))));
afterEach(() => rmSync(directory, { recursive: true }));

interface Case {
  readonly pool?: UserPoolProps;
  readonly options?: CreateUsersOptions;
  readonly missingUsers?: MissingUsers;
}

const mistakes = (source: SeedSource, { pool, options = { password: UserPassword.random() }, missingUsers }: Case) => {
  const stack = new SeederStack();
  stack.seed({
    userPool: new UserPool(stack, 'Pool', pool),
    source,
    missingUsers: missingUsers ?? MissingUsers.create(options),
    verification: ContactVerification.MARK_VERIFIED,
  });
  return stack.mistakes.map((line) => line.replace(/^.*users\.csv/, 'users.csv'));
};
const inline = (users: SeedUser[], more: Case = {}) => mistakes(SeedSource.inline(users), more);
const csv = (text: string, more: Case = {}) => {
  const file = join(directory, 'users.csv');
  writeFileSync(file, text);
  return mistakes(SeedSource.csv(file), more);
};

const BY_EMAIL: UserPoolProps = { signInAliases: { email: true } };
const BY_EITHER: UserPoolProps = { signInAliases: { email: true, phone: true } };
const BY_ALIAS: UserPoolProps = { signInAliases: { username: true, email: true, phone: true } };

describe('attributes', () => {
  const pool: UserPoolProps = {
    standardAttributes: { familyName: { required: true, mutable: false } },
    customAttributes: { plan: new StringAttribute(), tenant: new StringAttribute({ mutable: true }) },
  };
  const attributes = { familyName: 'Smith', custom: { plan: 'gold' } };

  test('that are immutable may be declared of users who are created', () => {
    expect(inline([{ username: 'ann', attributes }], { pool })).toEqual([]);
    expect(csv('username,family_name,custom:plan\nann,Smith,gold\n', { pool })).toEqual([]);
    expect(inline([{ username: 'ann', attributes }], { pool, missingUsers: MissingUsers.skip() })).toHaveLength(2);
  });

  test('that are immutable cannot be deleted all the same', () =>
    expect(inline([{ username: 'ann', attributes: { familyName: 'S', custom: { plan: '' } } }], { pool })).toEqual([
      "user 'ann', attribute 'custom:plan': the pool declares it immutable, so it cannot be deleted; declare a value, or leave it out",
    ]));

  test('that the pool requires are declared of every user', () => {
    const rule = "attribute 'family_name': the pool requires it of every user who is created; declare a value";
    const users = [{ username: 'ann', attributes: { familyName: 'A' } }, { username: 'ben' }];
    expect(inline(users, { pool })).toEqual([`user 'ben', ${rule}`]);
    expect(csv('username,family_name\nann,A\nben,\n', { pool })).toEqual([`users.csv line 3, ${rule}`]);
  });

  test('that cannot be deleted stand in the way of DESTROY, unless users go or get back what they had', () => {
    const destroy = (rest: object) => {
      const stack = new SeederStack();
      const users = [{ username: 'ann', attributes }];
      const removalPolicy = RemovalPolicy.DESTROY;
      stack.seed({ userPool: new UserPool(stack, 'Pool', pool), users, removalPolicy, ...rest });
      return stack.mistakes;
    };
    const missingUsers = MissingUsers.create({ password: UserPassword.random() });
    expect(destroy({ missingUsers })).toEqual([
      expect.stringMatching(/^user 'ann', attribute 'family_name': the pool requires it, so it cannot be deleted with/),
      expect.stringMatching(
        /^user 'ann', attribute 'custom:plan': the pool declares it immutable.*deleteWhenUndeclared/,
      ),
    ]);
    expect(destroy({ missingUsers, formerValues: FormerValues.RESTORE })).toEqual([]);
    const deletes = { password: UserPassword.random(), deleteWhenUndeclared: true };
    expect(destroy({ missingUsers: MissingUsers.create(deletes) })).toEqual([]);
  });

  test('may be none: a name alone is a declaration', () => {
    expect(inline([{ username: 'ann' }])).toEqual([]);
    expect(csv('username\nann\n')).toEqual([]);
    expect(csv('username\nann\n', { missingUsers: MissingUsers.skip() })).toEqual([
      expect.stringContaining('no column names an attribute'),
    ]);
  });
});

describe('names', () => {
  test.each<[string, UserPoolProps, RegExp]>([
    ['ann', BY_EMAIL, /^user 'ann': the pool's users sign in with their e-mail address, and one who is created is called by it; /],
    ['+43664123456', BY_EMAIL, /sign in with their e-mail address, /],
    ['ann', BY_EITHER, /sign in with their e-mail address or phone number, /],
    ['ann@example.com', BY_ALIAS, /takes a user's e-mail address for another name of theirs, and Cognito refuses.*email as an attribute$/],
    ['+43664123456', BY_ALIAS, /takes a user's phone number for another name of theirs.*phoneNumber as an attribute$/],
  ])('%s is refused', (username, pool, message) => {
    expect(inline([{ username }], { pool })).toEqual([expect.stringMatching(message)]);
    expect(csv(`username\n${username}\n`, { pool })).toEqual([expect.stringMatching(/^users\.csv line 2: /)]);
    expect(inline([{ username, attributes: { nickname: 'x' } }], { pool, missingUsers: MissingUsers.fail() })).toEqual([]);
  }); // prettier-ignore

  test.each<[string, UserPoolProps]>([
    ['ann@example.com', BY_EMAIL],
    ['ann@example.com', BY_EITHER],
    ['+43664123456', BY_EITHER],
    ['ann', BY_ALIAS],
    ['ann@example.com', {}],
  ])('%s is fine', (username, pool) => expect(inline([{ username }], { pool })).toEqual([]));
});

describe('an invitation', () => {
  const by = (invitation: Invitation) => ({ options: { invitation } });
  const RULE = 'the invitation goes to it, and it is not declared; declare it, or invite by something else';

  test('needs where it goes to', () => {
    const users: SeedUser[] = [{ username: 'ann', attributes: { email: 'a@b.c' } }, { username: 'ben' }];
    expect(inline(users, by(Invitation.email()))).toEqual([`user 'ben', attribute 'email': ${RULE}`]);
    expect(inline(users, by(Invitation.emailAndSms()))).toEqual([
      `user 'ann', attribute 'phone_number': ${RULE}`,
      `user 'ben', attribute 'email': ${RULE}`,
      `user 'ben', attribute 'phone_number': ${RULE}`,
    ]);
    expect(csv('username,email\nann,a@b.c\nben,\n', by(Invitation.email()))).toEqual([
      `users.csv line 3, attribute 'email': ${RULE}`,
    ]);
  });

  test('is none for whom may not sign in', () => {
    const user = { username: 'ann', attributes: { email: 'a@b.c' } };
    const disabled = 'a disabled user cannot sign in with the invitation; leave enabled out, or invite nobody';
    expect(inline([{ ...user, enabled: false }], by(Invitation.email()))).toEqual([`user 'ann': ${disabled}`]);
    expect(inline([{ ...user, enabled: true }], by(Invitation.email()))).toEqual([]);
    expect(inline([{ ...user, enabled: false }], by(Invitation.none()))).toEqual([]);
    expect(csv('username,email,enabled\nann,a@b.c,false\n', by(Invitation.email()))).toEqual([
      `users.csv line 2: ${disabled}`,
    ]);
  });

  test('goes to the username where that is the address', () => {
    const users = [{ username: 'ann@example.com' }];
    expect(inline(users, { pool: BY_EMAIL, ...by(Invitation.email()) })).toEqual([]);
    expect(inline(users, { pool: BY_EITHER, ...by(Invitation.sms()) })).toEqual([
      `user 'ann@example.com', attribute 'phone_number': ${RULE}`,
    ]);
  });

  test('may carry a temporary password, and no other', () => {
    const stack = new SeederStack();
    const secret = { secretArn: 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:x-abcdef' } as never;
    const users = [{ username: 'ann', attributes: { email: 'a@b.c' } }];
    const withPassword = (password: UserPassword) =>
      inline(users, { options: { invitation: Invitation.email(), password } });
    expect(stack.mistakes).toEqual([]);
    expect(withPassword(UserPassword.temporaryFromSecret(secret))).toEqual([]);
    for (const password of [UserPassword.fromSecret(secret), UserPassword.random()]) {
      expect(withPassword(password)).toEqual([
        expect.stringMatching(/would not work.*; declare Invitation.none\(\), or/),
      ]);
    }
  });
});

test('of a user whom only the deployment knows by name, the name is not judged', () => {
  const stack = new SeederStack();
  stack.seed({
    userPool: new UserPool(stack, 'Pool', BY_EMAIL),
    users: [{ username: new CfnParameter(stack, 'Name').valueAsString }],
    missingUsers: MissingUsers.create({ invitation: Invitation.email() }),
  });
  expect(stack.mistakes).toEqual([]);
});

test('all mistakes of creations are told at once', () => {
  const options = { invitation: Invitation.sms(), password: UserPassword.random(), validationData: { '': 'x' } };
  const found = inline([{ username: 'ann' }], { pool: BY_EMAIL, options });
  expect(found).toHaveLength(4);
});
