import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CfnOutput, CfnParameter } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { type SeededUser, SeedEngine, SeedSource, UserPassword, UserSelector } from '../../lib';
import { type SeederOptions, SeederStack } from './seeder-stack';

const users = ['ann', 'ben', 'cy'].map((username) => ({ username, attributes: { nickname: 'x' } }));

test('the stack can use a user’s sub and username', () => {
  const stack = new SeederStack();
  const { sub, username } = stack.seed({ users }).user('ann');
  new CfnOutput(stack, 'Sub', { value: sub });
  const [[key, name], ...others] = Object.entries(stack.properties.Wanted);
  expect([name, others]).toEqual(['ann', []]);
  expect(key).toMatch(/^User[0-9a-f]{8}$/);
  expect(stack.resolve([sub, username])).toEqual(
    ['Sub', 'Username'].map((part) => ({ 'Fn::GetAtt': [expect.any(String), `${key}.${part}`] })),
  );
});

test('nobody is asked for unless somebody asks', () => {
  const stack = new SeederStack();
  stack.seed({ users });
  expect(stack.properties.Wanted).toBeUndefined();
});

test('who is asked for twice is told once, and is told alike in every synthesis', () => {
  const wanted = () => {
    const stack = new SeederStack();
    const parameter = new CfnParameter(stack, 'Name').valueAsString;
    const seeder = stack.seed({ users: [...users, { username: parameter, attributes: { nickname: 'x' } }] });
    for (const name of ['ben', parameter, 'ben']) seeder.user(name);
    return stack.properties.Wanted;
  };
  expect(Object.values(wanted())).toEqual(['ben', { Ref: 'Name' }]);
  expect(wanted()).toEqual(wanted());
});

test('users of a file may be asked for', () => {
  const directory = mkdtempSync(join(tmpdir(), 'seeded-'));
  const file = join(directory, 'users.jsonl');
  writeFileSync(file, '{"username":"ann","attributes":{"nickname":"A"}}\n');
  const stack = new SeederStack();
  const seeder = stack.seed({ source: SeedSource.jsonLines(file) });
  rmSync(directory, { recursive: true });
  expect(seeder.user('ann').secret).toBeUndefined();
  expect(() => seeder.user('an')).toThrow("Stack/Seeder: user(): user 'an' is not declared; declare them, or ask for 'ann'");
}); // prettier-ignore

test('the secret is the user’s own, declared or generated', () => {
  const stack = new SeederStack();
  const secret = new Secret(stack, 'Secret');
  const seeder = stack.seed({
    users: [
      { username: 'ann', password: UserPassword.generated() },
      { username: 'ben', password: UserPassword.fromSecret(secret, 'ben') },
      { username: 'cy', password: UserPassword.fromSecret(secret) },
    ],
  });
  const [ann, ben, cy] = ['ann', 'ben', 'cy'].map((name) => seeder.user(name));
  expect(ann.passwordField).toBe('password');
  expect(stack.resolve(ann.secret?.secretArn)).toEqual({ Ref: expect.stringMatching(/^SeederPassword/) });
  expect([ben.secret, ben.passwordField, cy.secret, cy.passwordField]).toEqual([secret, 'ben', secret, undefined]);
});

describe('on Step Functions', () => {
  test('the report may look at users where some are asked for', () => {
    const stack = new SeederStack();
    const seeder = stack.seed({ users, engine: SeedEngine.stepFunctions() });
    seeder.user('ann');
    seeder.user('ben');
    expect(stack.statements('ReportPolicy')).toMatchObject([{ Action: 'cognito-idp:AdminGetUser' }]);
    expect(stack.roles('ReportPolicy')).toEqual(['CognitoUserAttributesRunsStepsReportRole']);
    expect(stack.resource.DependsOn).toEqual(expect.arrayContaining(stack.policies('ReportPolicy')));
  });

  test('and not where nobody is', () => {
    const stack = new SeederStack();
    stack.seed({ users, engine: SeedEngine.stepFunctions() });
    expect(stack.policies('ReportPolicy')).toEqual([]);
  });
});

describe('a mistake is told at the call', () => {
  const ask = (options: SeederOptions | ((stack: SeederStack) => SeederOptions), ...names: string[]): SeededUser[] => {
    const stack = new SeederStack();
    const seeder = stack.seed(typeof options === 'function' ? options(stack) : options);
    return names.map((name) => seeder.user(name));
  };

  test.each([
    ['Ann', "user 'Ann' is not declared; declare them, or ask for 'ann'"],
    ['bem', "user 'bem' is not declared; declare them, or ask for 'ben'"],
    ['bne', "user 'bne' is not declared; declare them, or ask for 'ben'"],
    ['somebody', "user 'somebody' is not declared; declare them, or ask for 'ann' or 'ben' or 'cy'"],
    [undefined as never, "the user is not declared; declare them, or ask for 'ann' or 'ben' or 'cy'"],
  ])('%s is not declared', (name, message) => expect(() => ask({ users }, name)).toThrow(message));

  test('of more than five users, none is listed', () => {
    const many = (count: number) => Array.from({ length: count }, (_, index) => ({ ...users[0], username: `user${index}` }));
    expect(() => ask({ users: many(5) }, 'somebody')).toThrow(/ask for 'user0' or .* or 'user4'$/);
    expect(() => ask({ users: many(6) }, 'somebody')).toThrow(/ask for one who is$/);
  }); // prettier-ignore

  test('a token has to be the very one', () => {
    const stack = new SeederStack();
    const seeder = stack.seed({ users });
    expect(() => seeder.user(new CfnParameter(stack, 'Name').valueAsString)).toThrow('the user is not declared; ');
  });

  test('rules and objects name nobody', () => {
    const message = 'which users there are is known to the deployment alone; ask for users of SeedSource.inline()';
    expect(() => ask({ source: SeedSource.existingUsers(UserSelector.all(), { locale: 'de' }) }, 'ann')).toThrow(message);
    expect(() =>
      ask(
        (stack) => ({ source: SeedSource.fromBucket(Bucket.fromBucketName(stack, 'Bucket', 'people'), 'u.csv', { version: '1' }) }),
        'ann',
      ),
    ).toThrow(message);
  }); // prettier-ignore

  test('a run that nobody waits for tells nothing', () => {
    const engine = SeedEngine.stepFunctions({ waitForCompletion: false });
    expect(() => ask({ users, engine }, 'ann')).toThrow(/does not wait until the users are there; leave waitFor/);
  });

  test('15 users can be asked for, with names that fit CloudFormation’s answer', () => {
    const many = (length: number) =>
      Array.from({ length: 16 }, (_, index) => ({ username: `${index}`.padEnd(length, 'x'), attributes: { locale: 'de' } }));
    const names = (length: number) => many(length).map(({ username }) => username);
    expect(ask({ users: many(80) }, ...names(80).slice(0, 15))).toHaveLength(15);
    expect(() => ask({ users: many(8) }, ...names(8))).toThrow(/takes an answer about 15 users; divide the users/);
    expect(() => ask({ users: many(81) }, ...names(81).slice(0, 15))).toThrow(/4,096 bytes.*; divide the users/);
  }); // prettier-ignore

  test('where something is wrong with the source, the validation tells all of it', () => {
    const stack = new SeederStack();
    stack.seed({ users: [...users, null as never] }).user('di');
    expect(stack.mistakes).toContainEqual(expect.stringContaining("user 'number 4'"));
  });
});

test('the declaration’s size counts with who is asked for', () => {
  const stack = new SeederStack();
  const long = { username: 'u'.repeat(128), attributes: { address: 'x' } };
  const rest = Array.from({ length: 49 }, (_, index) => ({ username: `u${index}`, attributes: { address: 'x'.repeat(2000) } }));
  const seeder = stack.seed({ users: [long, ...rest] });
  expect(JSON.stringify(stack.resolve((seeder as any).properties))).not.toContain('Wanted');
  seeder.user(long.username);
  expect(JSON.stringify(stack.resolve((seeder as any).properties))).toContain('Wanted');
}); // prettier-ignore

test('tokens may leave the stack', () => {
  const stack = new SeederStack();
  const seeder = stack.seed({ users });
  new CfnOutput(stack, 'Ann', { value: seeder.user('ann').sub, exportName: 'ann' });
  Template.fromStack(stack).hasOutput('Ann', { Export: { Name: 'ann' } });
});
