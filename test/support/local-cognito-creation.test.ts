import { AdminCreateUserCommand } from '@aws-sdk/client-cognito-identity-provider';
import type {
  AdminCreateUserCommandInput,
  CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import { startLocalCognito } from './local-cognito';
import type { Contact, LocalCognito } from './local-cognito';
import { list, refusal } from './refusal';

let cognito: LocalCognito;
let client: CognitoIdentityProviderClient;
let pool: string;

beforeAll(async () => {
  cognito = await startLocalCognito();
  client = cognito.client();
});

afterAll(() => cognito.stop());

beforeEach(async () => {
  cognito.setFaults();
  cognito.setCustomMessage();
  cognito.clearDeliveries();
  pool = await cognito.createPool({
    customAttributes: { tenant: { min: 3, max: 10 }, origin: { mutable: false } },
    required: ['family_name'],
  });
});

type Options = Partial<Omit<AdminCreateUserCommandInput, 'UserAttributes' | 'Username'>>;

const create = (
  Username: string,
  attributes: Record<string, string> = {},
  { UserPoolId = pool, ...options }: Options = {},
) => client.send(new AdminCreateUserCommand({ UserPoolId, Username, UserAttributes: list(attributes), ...options }));

const quietly = (UserPoolId: string, options: Options = {}): Options => ({
  UserPoolId,
  MessageAction: 'SUPPRESS',
  ...options,
});

const exists = (message: string) => ({ name: 'UsernameExistsException', message, status: 400 });
const invalid = (message: unknown) => ({ name: 'InvalidParameterException', message, status: 400 });

describe('a new user', () => {
  test('bears a sub that Cognito makes, has yet to choose a password, and is told of as it is stored', async () => {
    const { User } = await create('ann', { family_name: 'Adams', 'custom:origin': 'import' });
    const { sub, ...user } = (await cognito.user(pool, 'ann'))!;
    expect(user).toEqual({
      username: 'ann',
      status: 'FORCE_CHANGE_PASSWORD',
      enabled: true,
      attributes: { family_name: 'Adams', 'custom:origin': 'import' },
    });
    expect(User).toEqual({
      Username: 'ann',
      Attributes: expect.arrayContaining(list({ sub, family_name: 'Adams', 'custom:origin': 'import' })),
      Enabled: true,
      UserStatus: 'FORCE_CHANGE_PASSWORD',
      UserCreateDate: expect.any(Date),
      UserLastModifiedDate: expect.any(Date),
    });
  });

  test('has no attribute whose value was blank', async () => {
    await create('ann', { family_name: 'Adams', given_name: '' });
    expect(await cognito.attributes(pool, 'ann')).toEqual({ family_name: 'Adams' });
  });

  test.each([
    ['an unknown attribute', { 'custom:none': 'x' }, 'Attribute does not exist in the schema.'],
    ['sub', { sub: 'x' }, 'immutable'],
    ['a short value', { 'custom:tenant': 'ab' }, 'no shorter than 3'],
    ['a value above 2048 characters', { given_name: 'v'.repeat(2049) }, 'length less than or equal to 2048'],
    ['a blank value of a required attribute', { family_name: '' }, 'family_name: The attribute is required'],
    ['a flag without its address', { email_verified: 'true' }, 'Email is required'],
  ])('is refused with %s, and leaves nothing behind', async (_what, attributes, message) => {
    expect(await refusal(create('ann', { family_name: 'Adams', ...attributes }))).toEqual(
      invalid(expect.stringContaining(message)),
    );
    expect(await cognito.users(pool)).toEqual([]);
  });

  test('is refused where the username is taken, and changes nothing', async () => {
    await create('ann', { family_name: 'Adams' });
    expect(await refusal(create('ann', { family_name: 'Brown' }))).toEqual(exists('User account already exists'));
    expect(await cognito.attributes(pool, 'ann')).toEqual({ family_name: 'Adams' });
    expect(await create('Ann', { family_name: 'Brown' })).toMatchObject({ User: { Username: 'Ann' } });
  });

  test('is created once, however many ask at once', async () => {
    const outcomes = await Promise.allSettled(
      Array.from({ length: 10 }, () => create('ann', { family_name: 'Adams' })),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  test('by the thousand is created and looked up in no time', async () => {
    const own = await cognito.createPool();
    await cognito.seedUsers(
      own,
      Array.from({ length: 20_000 }, (_, index) => ({ username: `user${index}` })),
    );
    const started = performance.now();
    for (let index = 0; index < 300; index++) await create(`new${index}`, {}, quietly(own));
    expect(performance.now() - started).toBeLessThan(3000);
  });
});

describe('a temporary password', () => {
  test.each([
    ['Short1!', 'Password not long enough'],
    ['no-upper-1', 'Password must have uppercase characters'],
    ['NO-LOWER-1', 'Password must have lowercase characters'],
    ['No-Number', 'Password must have numeric characters'],
    ['NoSymbol1', 'Password must have symbol characters'],
  ])('%s is refused by the default policy, unquoted', async (TemporaryPassword, complaint) => {
    expect(await refusal(create('ann', { family_name: 'A' }, { TemporaryPassword }))).toEqual({
      name: 'InvalidPasswordException',
      message: `Password did not conform with policy: ${complaint}`,
      status: 400,
    });
    expect(await cognito.user(pool, 'ann')).toBeUndefined();
  });

  test('with a blank at its end is no password at all, and unquoted', async () => {
    const { name, message } = await refusal(create('ann', { family_name: 'A' }, { TemporaryPassword: 'Passw0rd! ' }));
    expect(name).toBe('InvalidParameterException');
    expect(message).not.toContain('Passw0rd');
  });

  test('follows the policy of the pool, which asks for no more than it says', async () => {
    const lax = await cognito.createPool({ passwordPolicy: { MinimumLength: 12, RequireNumbers: true } });
    await create('ann', {}, quietly(lax, { TemporaryPassword: 'twelve-words-1' }));
    expect(await refusal(create('ben', {}, quietly(lax, { TemporaryPassword: 'eleven-wor1' })))).toMatchObject({
      message: 'Password did not conform with policy: Password not long enough',
    });
    expect(await refusal(create('ben', {}, quietly(lax, { TemporaryPassword: 'twelve-words' })))).toMatchObject({
      message: 'Password did not conform with policy: Password must have numeric characters',
    });
  });
});

describe('an invitation', () => {
  const PERSON = { family_name: 'Adams', email: 'ann@example.com', phone_number: '+15550100' };

  test('holds username and temporary password, as they are', async () => {
    const TemporaryPassword = "$& Aa1!$'";
    await create('ann', PERSON, { TemporaryPassword, DesiredDeliveryMediums: ['EMAIL'] });
    expect(cognito.deliveries).toMatchObject([
      {
        source: 'CustomMessage_AdminCreateUser',
        medium: 'EMAIL',
        destination: 'ann@example.com',
        code: TemporaryPassword,
        custom: false,
        emailMessage: `Your username is ann and temporary password is ${TemporaryPassword}. `,
      },
    ]);
  });

  test('goes by SMS where the request says nothing, and by every medium that it names', async () => {
    await create('ann', PERSON);
    await create('ben', PERSON, { DesiredDeliveryMediums: ['SMS', 'EMAIL'] });
    expect(cognito.deliveries.map(({ username, destination }) => [username, destination])).toEqual([
      ['ann', '+15550100'],
      ['ben', '+15550100'],
      ['ben', 'ann@example.com'],
    ]);
  });

  test('is left out where the default medium leads nowhere, or the request forbids it', async () => {
    await create('ann', { family_name: 'Adams', email: 'ann@example.com' });
    await create('ben', PERSON, { MessageAction: 'SUPPRESS', DesiredDeliveryMediums: ['EMAIL'] });
    expect(cognito.deliveries).toEqual([]);
    expect(await cognito.users(pool)).toHaveLength(2);
  });

  test.each([
    ['EMAIL', { phone_number: '+15550100' }, 'No email provided but desired delivery medium was Email'],
    ['SMS', { email: 'ann@example.com' }, 'No phone number provided but desired delivery medium was SMS'],
  ] as const)(
    'by %s without an address for it is refused, and leaves no user behind',
    async (medium, address, message) => {
      const media = ['EMAIL', 'SMS'] as const;
      for (const DesiredDeliveryMediums of [[medium], [...media]])
        expect(await refusal(create('ann', { family_name: 'A', ...address }, { DesiredDeliveryMediums }))).toEqual(
          invalid(message),
        );
      expect(await cognito.user(pool, 'ann')).toBeUndefined();
      expect(cognito.deliveries).toEqual([]);
    },
  );

  test('is written by the trigger, which sees what Cognito shows it', async () => {
    const events: object[] = [];
    cognito.setCustomMessage((event: { request: Record<string, string> }) => {
      events.push(structuredClone(event));
      const { codeParameter, usernameParameter } = event.request;
      return { ...event, response: { emailMessage: `${usernameParameter}, use ${codeParameter}!` } };
    });
    await create('ann', PERSON, { DesiredDeliveryMediums: ['EMAIL'], ClientMetadata: { campaign: 'welcome' } });
    expect(events).toMatchObject([
      {
        userName: 'ann',
        triggerSource: 'CustomMessage_AdminCreateUser',
        request: {
          userAttributes: { ...PERSON, 'cognito:user_status': 'FORCE_CHANGE_PASSWORD' },
          codeParameter: '{####}',
          usernameParameter: '{username}',
          linkParameter: null,
          clientMetadata: { campaign: 'welcome' },
        },
      },
    ]);
    const [{ code, ...delivery }] = cognito.deliveries;
    expect(delivery).toMatchObject({ custom: true, emailMessage: `ann, use ${code}!` });
    const appClient = await cognito.createAppClient(pool);
    expect(await cognito.authenticate(appClient, 'ann', code)).toMatchObject({ challenge: 'NEW_PASSWORD_REQUIRED' });
  });

  test.each(['Use {####}!', 'Hello {username}!'])(
    'by the trigger is refused where it lacks a placeholder: %s',
    async (text) => {
      cognito.setCustomMessage((event: object) => ({ ...event, response: { emailMessage: text } }));
      expect(await refusal(create('ann', PERSON, { DesiredDeliveryMediums: ['EMAIL'] }))).toMatchObject({
        name: 'InvalidLambdaResponseException',
      });
      expect(cognito.deliveries).toEqual([]);
    },
  );

  test('is sent again with another password, to who has not yet chosen their own', async () => {
    await create('ann', PERSON);
    await create('ann', {}, { MessageAction: 'RESEND' });
    const [first, second] = cognito.deliveries.map(({ code }) => code);
    expect(second).not.toBe(first);
    await cognito.seedUsers(pool, [{ username: 'ben', attributes: PERSON }]);
    expect(await refusal(create('ben', {}, { MessageAction: 'RESEND' }))).toMatchObject({
      name: 'UnsupportedUserStateException',
    });
    expect(await refusal(create('nobody', {}, { MessageAction: 'RESEND' }))).toMatchObject({
      name: 'UserNotFoundException',
    });
  });
});

describe('a pool whose people sign in with a contact', () => {
  test.each([
    ['email', 'ann@example.com'],
    ['phone_number', '+15550100'],
  ] as const)('%s fills it in, and makes the sub the username', async (contact: Contact, value) => {
    const own = await cognito.createPool({ usernameAttributes: [contact], required: [contact] });
    const { User } = await create(value, {}, quietly(own));
    const { sub, attributes } = (await cognito.user(own, value))!;
    expect(User?.Username).toBe(sub);
    expect(attributes).toEqual({ [contact]: value });
    expect(await refusal(create(value, {}, quietly(own)))).toEqual(
      exists(`An account with the given ${contact} already exists.`),
    );
    expect(await cognito.users(own)).toHaveLength(1);
  });

  test('takes nothing else for a username', async () => {
    const emails = await cognito.createPool({ usernameAttributes: ['email'] });
    const phones = await cognito.createPool({ usernameAttributes: ['phone_number'] });
    const both = await cognito.createPool({ usernameAttributes: ['email', 'phone_number'] });
    expect(await refusal(create('ann', {}, quietly(emails)))).toEqual(invalid('Username should be an email.'));
    expect(await refusal(create('ann', {}, quietly(phones)))).toEqual(invalid('Username should be a phone number.'));
    expect(await refusal(create('ann', {}, quietly(both)))).toEqual(
      invalid('Username should be either an email or a phone number.'),
    );
    await create('+15550100', { email: 'ann@example.com' }, quietly(both));
    expect(await refusal(create('ann@example.com', {}, quietly(both)))).toMatchObject({
      name: 'UsernameExistsException',
    });
  });
});

describe('a pool that heeds no case', () => {
  test('knows one user by all spellings of the name', async () => {
    const own = await cognito.createPool({ caseSensitive: false });
    await create('Alice', {}, quietly(own));
    expect(await refusal(create('aLICE', {}, quietly(own)))).toEqual(exists('User account already exists'));
    expect(await cognito.users(own)).toHaveLength(1);
  });

  test('knows one user by all spellings of the address', async () => {
    const own = await cognito.createPool({ caseSensitive: false, usernameAttributes: ['email'] });
    await create('Ann@Example.com', {}, quietly(own));
    expect(await refusal(create('ann@example.com', {}, quietly(own)))).toMatchObject({
      name: 'UsernameExistsException',
    });
    expect(await cognito.attributes(own, 'ANN@example.com')).toEqual({ email: 'Ann@Example.com' });
  });
});

describe('a pool with aliases', () => {
  const VERIFIED = { email: 'ann@example.com', email_verified: 'true' };
  let own: string;

  beforeEach(async () => {
    own = await cognito.createPool({ aliases: ['email', 'phone_number'] });
    await create('ann', VERIFIED, quietly(own));
  });

  test('finds who holds a verified address, and nobody by another', async () => {
    await create('ben', { email: 'ben@example.com' }, quietly(own));
    expect(await cognito.user(own, 'ann@example.com')).toMatchObject({ username: 'ann' });
    expect(await cognito.user(own, 'ben@example.com')).toBeUndefined();
  });

  test('refuses a verified address that another user holds', async () => {
    expect(await refusal(create('other', VERIFIED, quietly(own)))).toEqual({
      name: 'AliasExistsException',
      message: 'An account with the given email already exists.',
      status: 400,
    });
    expect(await cognito.user(own, 'other')).toBeUndefined();
    await create('unverified', { email: 'ann@example.com' }, quietly(own));
  });

  test('moves it over where it is told to, every alias of it', async () => {
    const both = {
      phone_number: '+15550100',
      phone_number_verified: 'true',
      email: 'b@example.com',
      email_verified: 'true',
    };
    await create('ben', both, quietly(own));
    await create('other', both, quietly(own, { ForceAliasCreation: true }));
    expect(await cognito.attributes(own, 'ben')).toEqual({
      ...both,
      phone_number_verified: 'false',
      email_verified: 'false',
    });
    for (const alias of ['+15550100', 'b@example.com'])
      expect(await cognito.user(own, alias)).toMatchObject({ username: 'other' });
  });

  test('takes no alias for a username', async () => {
    expect(await refusal(create('eve@example.com', {}, quietly(own)))).toEqual(
      invalid('Username cannot be of email format, since user pool is configured for email alias.'),
    );
    expect(await refusal(create('+15550101', {}, quietly(own)))).toMatchObject(
      invalid(expect.stringContaining('phone number')),
    );
  });
});
