import { RemovalPolicy, Token } from 'aws-cdk-lib';
import { ContactVerification, SeedSource, type SeedUser, type UserAttributesSeederProps } from '../../../../lib';

type Props = Partial<UserAttributesSeederProps>;

/** A mistake, and what the error has to say of it. */
export interface BadDeclaration {
  readonly title: string;
  readonly props: Props;
  /** As the error names them; absent where the mistake is the seeder's own. */
  readonly user?: string;
  readonly attribute?: string;
  /** Must not stand in the error. */
  readonly secret?: string;
}

/**
 * The pool that the declarations are made for has: tenant (String, mutable, 2-10 characters), plan (String, immutable), seats
 * (Number, 1-500), trial (Boolean), since (DateTime), and required, mutable email; familyName is immutable.
 */
export const badDeclarations = (): BadDeclaration[] => [
  ...badValues('phoneNumber', 'phone_number', [
    '06641234567', '436641234567', '+', '+43 664 1234567', '+43-664-1234567', '+43(0)6641234567', '+4366412345678901',
    '+٤٣٦٦٤', '+43664123456x', '0043664123456', '++436641234567', '+43.664.123', 'tel:+436641234567', '＋436641234567',
  ]), // prettier-ignore
  ...badValues('email', 'email', [
    'alicia', 'alice@', '@example.com', 'alice @example.com', 'alice@exam ple.com', 'alice@@', 'a@b@c', 'alice\n@example.com',
    'alice at example.com', 'alice@example.com bob@example.com',
  ]), // prettier-ignore
  ...badValues('birthdate', 'birthdate', [
    '1990-1-1', '01.02.1990', '1990/01/02', '1990-02-30', '1990-13-01', '1990-00-10', '90-01-02', '1990-01-02T00:00:00Z',
    '1990', '2023-02-29', '1990-01-32', 'yesterday', '1990-01-0a', '19900-01-02',
  ]), // prettier-ignore
  ...badValues('locale', 'locale', [
    'german', 'd', 'de-', 'de--AT', '-de', 'de-AT-', 'de.AT', 'de_AT.UTF-8', 'Deutsch (Österreich)', 'de AT', 'x', 'toolongsubtag1',
  ]), // prettier-ignore
  ...badValues('lastUpdateTime', 'updated_at', ['now', '2020-01-01', '1.5e9', '-5', '12345678901234', '1,600,000,000']),
  ...badValues('emailVerified', 'email_verified', ['yes', '1', 'TRUE', 'wahr']),
  ...badValues('phoneNumberVerified', 'phone_number_verified', ['no', '0', 'False']),
  ...badValues('timezone', 'zoneinfo', ['   ', '\t', 'x'.repeat(2049)]),
  ...badValues('website', 'website', [' ', 'w'.repeat(3000)]),
  ...badValues('address', 'address', ['\n', 'a'.repeat(2050)]),
  ...['given_name', 'GivenName', 'phone', 'phone_number', 'birthDate', 'surname', 'name', 'zoneinfo', 'tenant', 'custom:tenant',
      'dev:tenant', 'sub', 'mail', 'E-Mail', 'updated_at'].map((name): BadDeclaration => ({
    title: `unknown attribute ${name}`,
    props: user({ [name]: 'value' }),
    user: 'alice',
    attribute: name,
  })), // prettier-ignore

  ...['', 'custom:', 'a name', 'tab\tname', 'x'.repeat(21), `custom:${'y'.repeat(21)}`, 'dev:tenant', 'custom:dev:tenant', 'nul\u0000',
      'zero\u200bwidth', 'line\nbreak'].map((name) => badCustom(name, 'value', name.startsWith('custom:') ? name : `custom:${name}`)), // prettier-ignore
  ...['', 'dev:', 'a name', 'z'.repeat(29), `dev:${'z'.repeat(30)}`, 'line\nbreak'].map((name): BadDeclaration => ({
    title: `developer attribute ${JSON.stringify(name).slice(0, 30)}`,
    props: user({ developer: { [name]: 'value' } }),
    user: 'alice',
    attribute: name.startsWith('dev:') ? name : `dev:${name}`,
  })),
  ...['tenants', 'Tenant', 'TENANT', 'team', 'seat', 'plans', 'tenant ', 'email', 'sub', 'trials'].map((name) =>
    badCustom(name, 'blue', `custom:${name}`),
  ),
  ...['legacy', 'custom:legacy', 'dev:legacy'].map((name): BadDeclaration => ({
    title: `developer attribute ${name} that the pool lacks`,
    props: user({ developer: { [name]: 'value' } }),
    user: 'alice',
    attribute: name.startsWith('dev:') ? name : `dev:${name}`,
  })),
  ...['a', 'elevenchars', 'x'.repeat(500)].map((value) => badCustom('tenant', value, 'custom:tenant')),
  ...['gold', 'silver', ''].map((value) => badCustom('plan', value, 'custom:plan')),
  ...['Smith', ''].map(
    (value): BadDeclaration => ({ title: 'immutable familyName', props: user({ familyName: value }), user: 'alice', attribute: 'family_name' }), // prettier-ignore
  ),
  { title: 'deleting a required attribute', props: user({ email: '' }), user: 'alice', attribute: 'email' },
  ...['many', '0', '501', '-1', '1e3', '5 seats', '0x10', '1,5', 'NaN', '٥', '100000000000000000000'].map((value) =>
    badCustom('seats', value, 'custom:seats'),
  ),
  ...['yes', '1', 'TRUE', 'on', 'f'].map((value) => badCustom('trial', value, 'custom:trial')),
  ...['tomorrow', '31.01.2030', '2030-13-01T00:00:00Z', 'x'].map((value) => badCustom('since', value, 'custom:since')),
  ...[{ a: 1 }, ['x'], () => 'x', Symbol('x')].map((value) => badCustom('tenant', value, 'custom:tenant')),
  {
    title: 'one attribute under two names',
    props: user({ custom: { tenant: 'aa', 'custom:tenant': 'bb' } }),
    user: 'alice',
    attribute: 'custom:tenant',
  },
  {
    title: 'one developer attribute under two names',
    props: user({ developer: { x: 'a', 'dev:x': 'b' } }),
    user: 'alice',
    attribute: 'dev:x',
  },
  ...['text', 5, ['tenant'], null].map((custom): BadDeclaration => ({
    title: `custom is ${JSON.stringify(custom)}`,
    props: user({ custom }),
    user: 'alice',
    attribute: 'custom',
  })),
  { title: 'developer is a text', props: user({ developer: 'x' }), user: 'alice', attribute: 'developer' },

  ...(
    [
      ['email', { email: 'a@example.com' }, undefined],
      ['phone_number', { phoneNumber: '+43664123456' }, undefined],
      ['email', { email: 'a@example.com', emailVerified: false }, undefined],
      ['email', { email: 'a@example.com', emailVerified: false }, ContactVerification.MARK_VERIFIED],
      ['email', { email: 'a@example.com', emailVerified: false }, ContactVerification.SEND_MESSAGE],
      ['email', { email: 'a@example.com', emailVerified: true }, ContactVerification.SEND_MESSAGE],
      ['phone_number', { phoneNumber: '+43664123456', phoneNumberVerified: true }, ContactVerification.SEND_MESSAGE],
      ['phone_number', { phoneNumber: '+43664123456', phoneNumberVerified: false }, ContactVerification.MARK_VERIFIED],
      ['phone_number', { phoneNumber: '', phoneNumberVerified: true }, undefined],
      ['phone_number', { email: 'a@example.com', emailVerified: true, phoneNumber: '+43664123456' }, undefined],
    ] as const
  ).map(([attribute, attributes, verification]): BadDeclaration => ({
    title: `${Object.keys(attributes).join(', ')} with verification ${verification ?? 'undeclared'}`,
    props: { verification, ...user(attributes) },
    user: 'alice',
    attribute,
  })),

  ...[
    '',
    ' ',
    'alice smith',
    'tab\talice',
    'x'.repeat(129),
    'nul\u0000',
    'zero\u200bwidth',
    'line\nbreak',
    '\ud800',
    null,
    undefined,
    5,
    {},
  ].map((username): BadDeclaration => ({
    title: `username ${JSON.stringify(username)?.slice(0, 30)}`,
    props: users([{ username, attributes: { givenName: 'A' } }]),
    user: typeof username === 'string' && username !== '' ? username : 'number 1',
  })),
  { title: 'a user declared twice', props: users([named('ann'), named('bob'), named('ann')]), user: 'ann' },
  { title: 'a user declared in two cases', props: users([named('Ann'), named('ann')]), user: 'ann' },
  ...[{}, { custom: {} }, { custom: {}, developer: {} }].map((attributes): BadDeclaration => ({
    title: 'no attribute',
    props: user(attributes),
    user: 'alice',
  })),
  ...[null, undefined, 'text', ['email'], 5].map((attributes): BadDeclaration => ({
    title: `attributes are ${JSON.stringify(attributes)}`,
    props: user(attributes),
    user: 'alice',
  })),
  ...[null, 'text', 7].map((entry): BadDeclaration => ({
    title: `a user is ${entry}`,
    props: users([entry]),
    user: 'number 1',
  })),
  ...[
    { '': 'x' },
    { key: 5 },
    { key: null },
    { key: { a: 'b' } },
    { key: 'v'.repeat(131_073) },
    'text',
    ['a'],
    null,
  ].flatMap((clientMetadata): BadDeclaration[] => [
    {
      title: `metadata ${JSON.stringify(clientMetadata).slice(0, 30)}`,
      props: { ...user({ givenName: 'A' }), clientMetadata: clientMetadata as never },
    },
    {
      title: `a user's metadata ${JSON.stringify(clientMetadata).slice(0, 30)}`,
      props: users([{ ...named('alice'), clientMetadata }]),
      user: 'alice',
    },
  ]),
  ...[0, -1, Number.NaN, Number.POSITIVE_INFINITY, 'fast'].map((requestsPerSecond): BadDeclaration => ({
    title: `requestsPerSecond ${requestsPerSecond}`,
    props: { ...user({ givenName: 'A' }), requestsPerSecond: requestsPerSecond as never },
  })),
  ...[RemovalPolicy.SNAPSHOT, RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE].map((removalPolicy): BadDeclaration => ({
    title: `removalPolicy ${removalPolicy}`,
    props: { ...user({ givenName: 'A' }), removalPolicy },
  })),
  ...['mark_verified', 'SEND', true, null].map((verification): BadDeclaration => ({
    title: `verification ${verification}`,
    props: { ...user({ givenName: 'A' }), verification: verification as never },
  })),
  ...['no', null].map((prune): BadDeclaration => ({
    title: `prune ${prune}`,
    props: { ...user({ givenName: 'A' }), prune: prune as never },
  })),
  ...['skip', null, {}].map((missingUsers): BadDeclaration => ({
    title: `missingUsers ${JSON.stringify(missingUsers)}`,
    props: { ...user({ givenName: 'A' }), missingUsers: missingUsers as never },
  })),
  ...['Ref', 'Fn::GetAtt', '__proto__', 'Condition'].flatMap((key): BadDeclaration[] => [
    { title: `username ${key}`, props: users([named(key)]), user: key },
    {
      title: `metadata key ${key}`,
      props: { ...user({ givenName: 'A' }), clientMetadata: JSON.parse(`{ "${key}": "x" }`) },
    },
  ]),
  {
    title: 'a misspelt part of a user',
    props: users([{ ...named('ann'), clientMetaData: { a: 'b' } }]),
    user: 'ann',
  },
  {
    title: 'a user whose alias changes by e-mail',
    props: {
      ...users([{ username: 'ann@old.example', attributes: { email: 'ann@new.example' } }]),
      verification: ContactVerification.MARK_VERIFIED,
    },
    user: 'ann@old.example',
    attribute: 'email',
  },
  {
    title: 'a user whose alias changes by phone',
    props: {
      ...users([{ username: '+43123', attributes: { phoneNumber: '+43124' } }]),
      verification: ContactVerification.MARK_VERIFIED,
    },
    user: '+43123',
    attribute: 'phone_number',
  },
  {
    title: 'a required attribute that goes with the seeder',
    props: {
      ...user({ email: 'a@example.com', emailVerified: true }),
      removalPolicy: RemovalPolicy.DESTROY,
    },
    user: 'alice',
    attribute: 'email',
  },
  ...[null, Token.asAny({ Ref: 'Flag' })].map((emailVerified): BadDeclaration => ({
    title: `emailVerified ${emailVerified === null ? 'null' : 'a token'} beside an address`,
    props: {
      ...user({ email: 'a@example.com', emailVerified }),
      verification: ContactVerification.MARK_VERIFIED,
    },
    user: 'alice',
    attribute: 'email',
  })),
  {
    title: 'one token for two users',
    props: users(
      [named(Token.asString({ Ref: 'Name' })), named(Token.asString({ Ref: 'Other' }))]
        .flatMap((u, _, [first]) => [u, first])
        .slice(0, 2),
    ),
    user: 'number 1',
  },
  { title: 'no users', props: users([]) },
  { title: 'users that are no list', props: users({} as never) },
  {
    title: 'more than fits a template',
    props: users(
      Array.from({ length: 100 }, (_, i) => ({ username: `user${i}`, attributes: { address: 'x'.repeat(1000) } })),
    ),
  },
];

const users = (list: unknown[]): Props => ({ source: SeedSource.inline(list as SeedUser[]) });
const user = (attributes: unknown): Props => users([{ username: 'alice', attributes }]);
const named = (username: string) => ({ username, attributes: { givenName: 'A' } });

const badValues = (key: string, attribute: string, values: string[]): BadDeclaration[] =>
  values.map((value) => ({
    title: `${key} ${JSON.stringify(value).slice(0, 30)}`,
    props: { verification: undefined, ...user({ givenName: 'Fine', [key]: value }) },
    user: 'alice',
    attribute,
    ...(value.trim().length > 3 ? { secret: value } : {}),
  }));

const badCustom = (name: string, value: unknown, attribute: string): BadDeclaration => ({
  title: `custom ${JSON.stringify(name).slice(0, 30)} = ${String(JSON.stringify(value)).slice(0, 30)}`,
  props: user({ custom: { [name]: value } }),
  user: 'alice',
  attribute,
  ...(typeof value === 'string' && value.length > 3 ? { secret: value } : {}),
});
