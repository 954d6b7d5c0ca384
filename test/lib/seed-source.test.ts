import fs, { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { App, CfnParameter, Stack, Token } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { Bucket, BucketEncryption, CfnBucket } from 'aws-cdk-lib/aws-s3';
import {
  BlankCells,
  CompareWith,
  ContactVerification,
  SeedFileFormat,
  SeedSource,
  UserAttributesSeeder,
  type UserAttributesSeederProps,
  UserSelector,
} from '../../lib';
import { decode } from '../../lib/private/contracts/seed';
import { decodeRow } from '../../lib/private/contracts/seed-row';

let directory: string;
beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'seed-source-'))));
afterEach(() => rmSync(directory, { recursive: true }));

const newStack = () => new Stack(new App({ outdir: join(directory, 'out') }), 'Stack');

const seed = (stack: Stack, source: SeedSource, props: Partial<UserAttributesSeederProps> = {}) =>
  new UserAttributesSeeder(stack, 'Seeder', {
    userPool: UserPool.fromUserPoolId(stack, 'Pool', 'eu-west-1_imported'),
    source,
    ...props,
  });

const written = (name: string, text: string | Buffer): string => {
  const path = join(directory, name);
  writeFileSync(path, text);
  return path;
};

const propertiesIn = (stack: Stack): Record<string, any> =>
  Object.values(Template.fromStack(stack).findResources('Custom::CognitoUserAttributes'))[0].Properties;

type Statement = { Action: string | string[]; Effect: 'Allow'; Resource: unknown };

/** What the seeder's own policies allow because of its source. */
const sourceStatementsIn = (stack: Stack): Statement[] => {
  const policies = Template.fromStack(stack).findResources('AWS::IAM::Policy');
  return Object.entries(policies)
    .filter(([id]) => id.startsWith('SeederSourcePolicy'))
    .flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement);
};

/** The id of the policy that comes with the source, without what the stack adds to it. */
const sourcePolicyOf = (stack: Stack): string => {
  const ids = Object.keys(Template.fromStack(stack).findResources('AWS::IAM::Policy'));
  const [id] = ids.filter((candidate) => candidate.startsWith('SeederSourcePolicy'));
  const [resource] = Object.values(Template.fromStack(stack).findResources('Custom::CognitoUserAttributes'));
  expect(resource.DependsOn).toContain(id);
  return id;
};

/** The lines of the deployed file. */
const linesIn = (stack: Stack): string[] => {
  const { Key } = propertiesIn(stack).File;
  const packed = readFileSync(join(directory, 'out', `asset.${Key}`));
  return gunzipSync(packed).toString('utf8').split('\n');
};

const TABLE = 'username,given_name,email\nben,Ben,ben@example.com\nann,Ann,\nBen,B,\n';
const MARK = { verification: ContactVerification.MARK_VERIFIED };

describe('a file', () => {
  test('is deployed as rows sorted by username, and its users stand nowhere in the template', () => {
    const stack = newStack();
    seed(stack, SeedSource.csv(written('users.csv', TABLE)), MARK);
    expect(propertiesIn(stack).File).toEqual({
      Bucket: { 'Fn::Sub': expect.stringMatching(/^cdk-\w+-assets-/) },
      Key: expect.stringMatching(/^[0-9a-f]{64}\.cognito-seed$/),
      Name: 'users.csv',
      Users: '3',
    });
    expect(linesIn(stack).map(decodeRow)).toEqual([
      { line: 4, user: { username: 'Ben', attributes: { given_name: 'B' } } },
      { line: 3, user: { username: 'ann', attributes: { given_name: 'Ann' } } },
      {
        line: 2,
        user: { username: 'ben', attributes: { email: 'ben@example.com', email_verified: 'true', given_name: 'Ben' } },
      },
    ]);
    expect(JSON.stringify(Template.fromStack(stack).toJSON())).not.toMatch(/ben@|"ann"|Ann/);
  });

  test('is what the handler can read', () => {
    const stack = newStack();
    seed(stack, SeedSource.csv(written('users.csv', TABLE)), MARK);
    const properties = { ...propertiesIn(stack) };
    properties.File = { ...properties.File, Bucket: 'assets' };
    expect(decode(properties).source).toEqual({
      kind: 'file',
      file: { bucket: 'assets', key: properties.File.Key, name: 'users.csv', users: 3 },
    });
  });

  const keyOf = (name: string, text: string | Buffer, source = (path: string) => SeedSource.csv(path)): string => {
    const stack = newStack();
    seed(stack, source(written(name, text)), MARK);
    return propertiesIn(stack).File.Key;
  };

  test('is the same asset for the same rows, whatever they are written like', () => {
    const key = keyOf('a.csv', 'username,given_name,nickname\nann,Ann,A\nben,Ben,B\n');
    expect(keyOf('b.csv', '\ufeffusername;nickname;givenName\r\nann;"A";Ann\r\nben;B;Ben')).toBe(key);
    expect(keyOf('c.csv', gzipSync('username,given_name,nickname\nann,Ann,A\nben,Ben,B\n', { level: 9 }))).toBe(key);
    const json = ['ann', 'ben'].map((username) => {
      const nickname = username[0].toUpperCase();
      return JSON.stringify({ username, attributes: { nickname, given_name: `${nickname}nn`.slice(0, 1) } });
    });
    expect(keyOf('d.jsonl', json.join('\n'), (path) => SeedSource.jsonLines(path))).not.toBe(key);
    expect(keyOf('e.csv', 'username,given_name,nickname\nann,Ann,A\nben,Ben,C\n')).not.toBe(key);
  });

  test('has the same bytes each time, and says neither when nor where it was made', () => {
    const bytes = [1, 2].map(() => {
      const stack = newStack();
      seed(stack, SeedSource.csv(written('users.csv', TABLE)), MARK);
      return readFileSync(join(directory, 'out', `asset.${propertiesIn(stack).File.Key}`));
    });
    expect(bytes[0].equals(bytes[1])).toBe(true);
    expect([...bytes[0].subarray(4, 8), bytes[0][9]]).toEqual([0, 0, 0, 0, 255]);
  });

  test('may be read by the function, and so may its former states, and nothing else', () => {
    const stack = newStack();
    seed(stack, SeedSource.csv(written('users.csv', TABLE)), MARK);
    const [assets, ...others] = sourceStatementsIn(stack);
    expect(assets.Action).toBe('s3:GetObject');
    expect(JSON.stringify(assets.Resource)).toMatch(/:s3:::".*cdk-\w+-assets-.*"\/\*\.cognito-seed"/);
    expect(others).toEqual([]);
  });

  test('is read once, however often its findings are asked for', () => {
    const path = written('users.csv', TABLE);
    const stack = newStack();
    const read = jest.spyOn(fs, 'readFileSync');
    seed(stack, SeedSource.csv(path), {
      ...MARK,
      userPool: new UserPool(stack, 'Owned', { signInCaseSensitive: true }),
    });
    Template.fromStack(stack);
    expect(read.mock.calls.filter(([file]) => file === path)).toHaveLength(1);
    read.mockRestore();
  });

  test('with blank cells that delete', () => {
    const stack = newStack();
    seed(stack, SeedSource.csv(written('u.csv', 'username,nickname\nann,\n'), { blankCells: BlankCells.DELETE }));
    expect(linesIn(stack)).toEqual(['2 ["ann",{"nickname":""}]']);
  });

  test('leaves nothing behind where assets are not staged but itself', () => {
    const app = new App({ outdir: join(directory, 'out'), context: { 'aws:cdk:disable-asset-staging': true } });
    const stack = new Stack(app, 'Stack');
    seed(stack, SeedSource.csv(written('users.csv', TABLE)), MARK);
    const { stacks } = app.synth();
    const manifest = readFileSync(join(directory, 'out', `${stacks[0].id}.assets.json`), 'utf8');
    const [path] = /[^"]*users\.cognito-seed/.exec(manifest)!;
    expect(gunzipSync(readFileSync(path)).toString('utf8').split('\n')).toHaveLength(3);
    rmSync(join(path, '..'), { recursive: true });
  });

  test('of addresses that are to be confirmed warns where the pool asks nobody to', () => {
    const stack = newStack();
    seed(stack, SeedSource.csv(written('users.csv', TABLE)), {
      userPool: new UserPool(stack, 'Silent', { signInCaseSensitive: true }),
      verification: ContactVerification.SEND_MESSAGE,
    });
    Annotations.fromStack(stack).hasWarning('/Stack/Seeder', Match.stringLikeRegexp('does not verify email'));
  });

  test('warns of metadata that no message can use', () => {
    const stack = newStack();
    const line = { username: 'ann', attributes: { nickname: 'A' }, clientMetadata: { campaign: 'x' } };
    seed(stack, SeedSource.jsonLines(written('users.jsonl', JSON.stringify(line))));
    Annotations.fromStack(stack).hasWarning(
      '/Stack/Seeder',
      Match.stringLikeRegexp('clientMetadata serves no purpose'),
    );
  });
});

test('another source is another policy, so that the former declaration can still be read', () => {
  const bucketSource = (key: string) => (stack: Stack) =>
    SeedSource.fromBucket(Bucket.fromBucketName(stack, 'Bucket', 'people'), key, { version: 'v1' });
  const policies = [
    bucketSource('a.csv'),
    bucketSource('b.csv'),
    () => SeedSource.csv(written('users.csv', TABLE)),
    () => SeedSource.existingUsers(UserSelector.all(), { locale: 'de' }),
  ].map((source) => {
    const stack = newStack();
    seed(stack, source(stack), MARK);
    return sourcePolicyOf(stack);
  });
  expect(new Set(policies).size).toBe(policies.length);
  const again = newStack();
  seed(again, SeedSource.csv(written('others.csv', 'username,nickname\nann,A')), MARK);
  expect(sourcePolicyOf(again)).toBe(policies[2]);
});

describe('an object of a bucket', () => {
  const CHECKSUM = 'a1'.repeat(32);
  const withObject = (key: string, options: Parameters<typeof SeedSource.fromBucket>[2]) => {
    const stack = newStack();
    seed(stack, SeedSource.fromBucket(Bucket.fromBucketName(stack, 'Bucket', 'people'), key, options), MARK);
    return stack;
  };

  test('is named to the function with what it has to know', () => {
    expect(propertiesIn(withObject('a/users.csv.gz', { checksum: CHECKSUM })).Object).toEqual({
      Bucket: 'people',
      Key: 'a/users.csv.gz',
      Checksum: CHECKSUM,
      Format: 'csv',
      BlankCells: 'LEAVE_ALONE',
      Verification: 'MARK_VERIFIED',
    });
    const options = { version: 'v1', format: SeedFileFormat.JSON_LINES, blankCells: BlankCells.DELETE };
    const stack = withObject('users', options);
    expect(propertiesIn(stack).Object).toMatchObject({ Version: 'v1', Format: 'jsonl', BlankCells: 'DELETE' });
    expect(decode(propertiesIn(stack)).source).toMatchObject({ kind: 'object', object: { version: 'v1' } });
  });

  test.each([
    ['users.csv', 'csv'],
    ['users.CSV.gz', 'csv'],
    ['users.jsonl', 'jsonl'],
    ['users.ndjson.gz', 'jsonl'],
  ])('%s is %s', (key, format) => {
    expect(propertiesIn(withObject(key, { checksum: CHECKSUM })).Object.Format).toBe(format);
  });

  test.each([
    [{ checksum: CHECKSUM }, 's3:GetObject'],
    [{ version: 'v1' }, 's3:GetObjectVersion'],
  ])('may be read by the function, and no other: %j', (options, action) => {
    const statements = sourceStatementsIn(withObject('a/users.csv', options));
    const resource = { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':s3:::people/a/users.csv']] };
    expect(statements).toEqual([{ Action: action, Effect: 'Allow', Resource: resource }]);
  });

  test('is decrypted with the bucket’s key', () => {
    const stack = newStack();
    const bucket = new Bucket(stack, 'Bucket', { encryption: BucketEncryption.KMS });
    seed(stack, SeedSource.fromBucket(bucket, 'users.csv', { checksum: CHECKSUM }));
    const [, decrypt] = sourceStatementsIn(stack);
    expect(decrypt).toEqual({
      Action: 'kms:Decrypt',
      Effect: 'Allow',
      Resource: stack.resolve(bucket.encryptionKey!.keyArn),
    });
  });

  test('may be of an L1, and known at deployment alone', () => {
    const stack = newStack();
    const key = new CfnParameter(stack, 'Key').valueAsString;
    const version = new CfnParameter(stack, 'Version').valueAsString;
    const options = { version, format: SeedFileFormat.CSV };
    seed(stack, SeedSource.fromBucket(new CfnBucket(stack, 'Bucket'), key, options));
    expect(propertiesIn(stack).Object).toMatchObject({
      Bucket: { Ref: 'Bucket' },
      Key: { Ref: 'Key' },
      Version: { Ref: 'Version' },
    });
  });

  const WHICH =
    'exactly one of version and checksum says which object is meant; declare the version in a bucket with versioning, or else the checksum';
  const FORMAT =
    'the key does not say how the object declares users; declare format, or end the key with .csv, .jsonl or .ndjson, with or without .gz';
  test.each<[string, Parameters<typeof SeedSource.fromBucket>[2], string]>([
    ['users.csv', {}, WHICH],
    ['users.csv', { version: 'v1', checksum: CHECKSUM }, WHICH],
    [
      'users.csv',
      { checksum: 'a1' },
      'checksum must be a SHA-256 of 64 hexadecimal digits; declare what sha256sum prints for the file',
    ],
    ['users.txt', { version: 'v1' }, FORMAT],
    ['users.gz', { version: 'v1' }, FORMAT],
    [Token.asString({ Ref: 'Key' }), { version: 'v1' }, FORMAT],
    ['', { version: 'v1', format: SeedFileFormat.CSV }, 'the key of the object is missing; pass the key'],
  ])('%s with %j is refused', (key, options, message) => {
    expect(() => Template.fromStack(withObject(key, options))).toThrow(`[Stack/Seeder] ${message}`);
  });
});

describe('a rule for existing users', () => {
  const withRule = (selector: UserSelector, props: Partial<UserAttributesSeederProps> = {}) => {
    const stack = newStack();
    seed(stack, SeedSource.existingUsers(selector, { locale: 'de', custom: { plan: 'gold' } }), props);
    return stack;
  };
  const Attributes = { locale: 'de', 'custom:plan': 'gold' };

  test.each<[string, UserSelector, object]>([
    ['all', UserSelector.all(), { Attributes }],
    ['those whom a filter finds', UserSelector.filter('email ^= "a"'), { Filter: 'email ^= "a"', Attributes }],
    ['those of a group', UserSelector.inGroup('staff'), { Group: 'staff', Attributes }],
  ])('selects %s, and may list them', (_, selector, rule) => {
    const stack = withRule(selector);
    expect(propertiesIn(stack).ExistingUsers).toEqual(rule);
    const [statement, ...others] = sourceStatementsIn(stack);
    expect(statement).toMatchObject({
      // The step to or from another source looks at the whole pool.
      Action: ['cognito-idp:ListUsers', 'cognito-idp:ListUsersInGroup', 'cognito-idp:DescribeUserPool'],
      Effect: 'Allow',
    });
    expect(JSON.stringify(statement.Resource)).toContain(':userpool/eu-west-1_imported');
    expect(others).toEqual([]);
    expect(decode(propertiesIn(stack)).source).toMatchObject({ kind: 'existing' });
  }); // prettier-ignore

  test('takes tokens, flags and blanks', () => {
    const stack = newStack();
    const tenant = new CfnParameter(stack, 'Tenant').valueAsString;
    const attributes = { custom: { tenant }, emailVerified: true, preferredUsername: '' };
    seed(stack, SeedSource.existingUsers(UserSelector.inGroup(tenant), attributes));
    expect(propertiesIn(stack).ExistingUsers).toEqual({
      Group: { Ref: 'Tenant' },
      Attributes: { 'custom:tenant': { Ref: 'Tenant' }, email_verified: 'true', preferred_username: '' },
    });
  });
});

test('who compares with the pool may read it', () => {
  const stack = newStack();
  const source = SeedSource.inline([{ username: 'ann', attributes: { nickname: 'A' } }]);
  seed(stack, source, { compareWith: CompareWith.LIVE_POOL });
  expect(propertiesIn(stack).CompareWith).toBe('LIVE_POOL');
  expect(sourceStatementsIn(stack).map(({ Action }) => Action)).toEqual([
    ['cognito-idp:ListUsers', 'cognito-idp:DescribeUserPool'],
  ]);
});

test.each([
  [
    'a comparison that does not exist',
    SeedSource.inline([{ username: 'ann', attributes: { nickname: 'A' } }]),
    'DRIFT' as never,
    'compareWith must be a CompareWith; leave it out for PREVIOUS_DECLARATION',
  ],
  [
    'a rule that is not compared with the pool',
    SeedSource.existingUsers(UserSelector.all(), { nickname: 'A' }),
    CompareWith.PREVIOUS_DECLARATION,
    'a rule for existing users is always compared with the pool; leave compareWith out',
  ],
])('%s is refused', (_, source, compareWith, message) => {
  const stack = newStack();
  seed(stack, source, { compareWith });
  expect(() => Template.fromStack(stack)).toThrow(`[Stack/Seeder] ${message}`);
});

test.each<[string, () => SeedSource, string]>([
  ['no path', () => SeedSource.csv(undefined as never), '.: it cannot be read (ENOENT)'],
  ['a directory', () => SeedSource.jsonLines('lib'), 'lib: it cannot be read (EISDIR)'],
  [
    'blank cells of no kind',
    () => SeedSource.csv(written('users.csv', 'username,nickname\nann,A'), { blankCells: 'KEEP' as never }),
    'blankCells must be a BlankCells; leave it out for LEAVE_ALONE',
  ],
  [
    'no selector',
    () => SeedSource.existingUsers('all' as never, { nickname: 'A' }),
    'the selector must be a UserSelector; declare UserSelector.all(), .filter(…) or .inGroup(…)',
  ],
])('%s is refused', (_, source, message) => {
  const stack = newStack();
  seed(stack, source());
  expect(() => Template.fromStack(stack)).toThrow(`[Stack/Seeder] ${message}`);
});

test('no bucket is refused at once', () => {
  const source = SeedSource.fromBucket(undefined as never, 'users.csv', { version: 'v1' });
  expect(() => seed(newStack(), source)).toThrow(
    'Stack/Seeder: the bucket is missing; pass the one that holds the object',
  );
});
