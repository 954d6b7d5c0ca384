import { CfnParameter, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Invitation, MissingUsers, SeedEngine, type SeedUser, UserPassword } from '../../lib';
import { mistakesOf, SeederStack } from './seeder-stack';

const create = { missingUsers: MissingUsers.create({ password: UserPassword.random() }) };
const generated = (username: string): SeedUser => ({ username, password: UserPassword.generated() });
const secretsIn = (stack: Stack) => Template.fromStack(stack).findResources('AWS::SecretsManager::Secret');

describe('a password', () => {
  test('out of a secret is told as the secret’s ARN', () => {
    const stack = new SeederStack();
    const secret = new Secret(stack, 'Secret');
    stack.seed({
      users: [
        { username: 'whole', password: UserPassword.fromSecret(secret) },
        { username: 'field', password: UserPassword.fromSecret(secret, 'field') },
        { username: 'temporary', password: UserPassword.temporaryFromSecret(secret) },
        { username: 'random', password: UserPassword.random() },
      ],
      ...create,
    });
    const Secret_ = stack.resolve(secret.secretArn);
    const passwords = Object.values<any>(stack.properties.Users).map(({ Password }) => Password);
    expect(passwords).toEqual([
      { Secret: Secret_ },
      { Secret: Secret_, Field: 'field' },
      { Secret: Secret_, Temporary: 'true' },
      { Random: 'true' },
    ]);
  });

  test('is for users whom the pool has already, too', () => {
    const stack = new SeederStack();
    stack.seed({ users: [generated('ann')] });
    expect(stack.mistakes).toEqual([]);
  });
});

describe('a generated password', () => {
  test('comes to be in Secrets Manager, and never in the template', () => {
    const stack = new SeederStack();
    stack.seed({ users: [generated('ann')] });
    const [[id, secret]] = Object.entries(secretsIn(stack));
    expect(secret.Properties.GenerateSecretString).toEqual({
      SecretStringTemplate: '{"username":"ann"}',
      GenerateStringKey: 'password',
      PasswordLength: 32,
      ExcludeCharacters: `"'\\\` `,
      RequireEachIncludedType: true,
    });
    expect(stack.properties.Users.ann.Password).toEqual({ Secret: { Ref: id }, Field: 'password' });
    expect(JSON.stringify(Template.fromStack(stack).toJSON())).not.toMatch(/"SecretString":|resolve:secretsmanager/);
  });

  test('has a secret that stays as it is when others come and go, or anything else changes', () => {
    const annsIn = (users: SeedUser[], props = {}): unknown => {
      const stack = new SeederStack();
      stack.seed({ users, ...props });
      return Object.entries(secretsIn(stack)).find(([, { Properties }]) =>
        Properties.GenerateSecretString.SecretStringTemplate.includes('"ann"'),
      );
    };
    const alone = annsIn([generated('ann')]);
    expect(annsIn([generated('ben'), generated('ann'), generated('cy')])).toEqual(alone);
    const more = { ...generated('ann'), attributes: { givenName: 'Ann' }, groups: ['a'], enabled: false };
    expect(annsIn([more], { ...create, engine: SeedEngine.stepFunctions(), prune: false })).toEqual(alone);
  });

  test('is encrypted with the key that is given', () => {
    const stack = new SeederStack();
    const encryptionKey = new Key(stack, 'Key');
    stack.seed({ users: [{ username: 'ann', password: UserPassword.generated({ encryptionKey }) }] });
    Template.fromStack(stack).hasResourceProperties('AWS::SecretsManager::Secret', {
      KmsKeyId: stack.resolve(encryptionKey.keyArn),
    });
    expect(stack.statements('PasswordsPolicy')).toContainEqual({
      Effect: 'Allow',
      Action: 'kms:Decrypt',
      Resource: stack.resolve(encryptionKey.keyArn),
      Condition: {
        StringEquals: { 'kms:ViaService': { 'Fn::Join': ['', ['secretsmanager.', { Ref: 'AWS::Region' }, '.amazonaws.com']] } },
      },
    }); // prettier-ignore
  });
});

describe('permissions', () => {
  test.each([
    ['the function', SeedEngine.lambda(), 'CognitoUserAttributesProviderRole'],
    ['the apply step', SeedEngine.stepFunctions(), 'CognitoUserAttributesRunsStepsApplyRole'],
  ])('to read the very secrets are those of %s', (_, engine, role) => {
    const stack = new SeederStack();
    const whole = new Secret(stack, 'Secret');
    const byName = Secret.fromSecretNameV2(stack, 'ByName', 'test/users');
    stack.seed({
      users: [
        { username: 'ann', password: UserPassword.fromSecret(whole, 'ann') },
        { username: 'ben', password: UserPassword.fromSecret(whole, 'ben') },
        generated('cy'),
      ],
      missingUsers: MissingUsers.create({ password: UserPassword.fromSecret(byName) }),
      engine,
    });
    const [statement, ...others] = stack.statements('PasswordsPolicy');
    expect(others).toEqual([]);
    expect(stack.roles('PasswordsPolicy')).toEqual([role]);
    expect(statement.Action).toBe('secretsmanager:GetSecretValue');
    expect(statement.Resource).toEqual([
      { Ref: expect.stringMatching(/^Secret/) },
      { Ref: expect.stringMatching(/^SeederPassword/) },
      { 'Fn::Join': ['', expect.arrayContaining([':secret:test/users-??????'])] },
    ]);
    expect(stack.statements('UsersPolicy')[0].Action).toContain('cognito-idp:AdminSetUserPassword');
    expect(stack.resource.DependsOn).toEqual(expect.arrayContaining(stack.policies('PasswordsPolicy')));
  });

  test('to set a password are none where it comes with the creation', () => {
    const stack = new SeederStack();
    const secret = new Secret(stack, 'Secret');
    stack.seed({ missingUsers: MissingUsers.create({ password: UserPassword.temporaryFromSecret(secret) }) });
    expect(stack.statements('UsersPolicy')[0].Action).not.toContain('cognito-idp:AdminSetUserPassword');
    expect(stack.statements('PasswordsPolicy')).toHaveLength(1);
  });

  test('are none without a password', () => {
    const stack = new SeederStack();
    stack.seed({});
    expect([...stack.policies('PasswordsPolicy'), ...stack.policies('UsersPolicy')]).toEqual([]);
  });
});

describe('mistakes', () => {
  const withPassword = (password: unknown, rest = {}) =>
    mistakesOf({ users: [{ username: 'ann', password: password as never }], ...rest });

  test.each(['hunter2', { secretArn: 'hunter2' }, null, true])('%p is no password', (password) => {
    const found = withPassword(password);
    expect(found).toContainEqual(
      expect.stringMatching(/^user 'ann': password must be a UserPassword: .*; declare UserPassword.fromSecret/),
    );
    expect(found.join()).not.toContain('hunter2');
  });

  test('a temporary or random one is never set where nobody is created', () => {
    const stack = new SeederStack();
    const secret = new Secret(stack, 'Secret');
    stack.seed({
      users: [
        { username: 'ann', password: UserPassword.random() },
        { username: 'ben', password: UserPassword.temporaryFromSecret(secret) },
      ],
    });
    expect(stack.mistakes).toEqual(
      ['ann', 'ben'].map((user) =>
        expect.stringMatching(`^user '${user}': a temporary or random password is set when a user is created.*; .*create`),
      ),
    );
  });

  test('a permanent one makes an invitation’s useless', () => {
    const users = [{ username: 'ann', attributes: { email: 'a@b', emailVerified: true }, password: UserPassword.generated() }];
    expect(mistakesOf({ users, missingUsers: MissingUsers.create({ invitation: Invitation.email() }) })).toEqual([
      expect.stringMatching(/^user 'ann': an invitation tells a temporary password, which would not work.*; declare Invit/),
    ]);
  }); // prettier-ignore

  test('one cannot be generated for a user whom the deployment alone knows', () => {
    const found = mistakesOf((stack) => ({ users: [generated(new CfnParameter(stack, 'Name').valueAsString)] }));
    expect(found).toEqual([expect.stringMatching(/^user 'number 1': .*the username is a token; declare .*fromSecret/)]);
  });

  test('one that is generated twice for a user is told as the double that it is', () => {
    expect(mistakesOf({ users: [generated('ann'), generated('ann')] })).toEqual([
      expect.stringContaining('the user is declared more than once'),
    ]);
  });

  test('one that is generated has to be as long as the pool wants', () => {
    const found = (minLength: number) =>
      mistakesOf((stack) => ({
        userPool: new UserPool(stack, 'Pool', { passwordPolicy: { minLength } }),
        users: [generated('ann')],
      }));
    expect(found(32)).toEqual([]);
    expect(found(40)).toEqual([
      "user 'ann': generated passwords have 32 characters, and the pool wants at least 40; declare UserPassword.fromSecret()",
    ]);
  });

  test('there is room for 50 secrets in the policies of a role', () => {
    const many = (count: number) => Array.from({ length: count }, (_, index) => generated(`user${index}`));
    expect(mistakesOf({ users: many(50) })).toEqual([]);
    expect(mistakesOf({ users: many(51) })).toEqual([expect.stringMatching(/^passwords come from 51 secrets.*; put sev/)]);
  });
}); // prettier-ignore
