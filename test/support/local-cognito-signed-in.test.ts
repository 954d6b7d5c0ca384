/** What people do with their own access tokens. */
import {
  AdminDeleteUserCommand,
  AdminDisableUserCommand,
  AdminUpdateUserAttributesCommand,
  DeleteUserAttributesCommand,
  GetUserAttributeVerificationCodeCommand,
  GetUserCommand,
  UpdateUserAttributesCommand,
  UpdateUserPoolClientCommand,
  VerifyUserAttributeCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import type { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { startLocalCognito } from './local-cognito';
import type { AppClientOptions, LocalCognito, PoolOptions } from './local-cognito';
import { list, refusal } from './refusal';

const CAROL = { email: 'old@example.com', email_verified: 'true', given_name: 'Carol', 'custom:plan': 'gold' };

let cognito: LocalCognito;
let client: CognitoIdentityProviderClient;
let pool: string;
let appClient: string;
let AccessToken: string;

beforeAll(async () => {
  cognito = await startLocalCognito();
  client = cognito.client();
});
afterAll(() => cognito.stop());

const start = async (options: PoolOptions = {}, access?: AppClientOptions) => {
  pool = await cognito.createPool({
    customAttributes: { plan: {} },
    autoVerified: ['email', 'phone_number'],
    keepOriginal: ['email', 'phone_number'],
    ...options,
  });
  appClient = await cognito.createAppClient(pool, access);
  await cognito.createUser(pool, 'carol', CAROL);
  AccessToken = await cognito.signIn(pool, appClient, 'carol');
  cognito.clearCalls();
  cognito.clearDeliveries();
};
beforeEach(() => start());

const attributes = () => cognito.attributes(pool, 'carol');
const change = (values: Record<string, string>) =>
  client.send(new UpdateUserAttributesCommand({ AccessToken, UserAttributes: list(values) }));
const remove = (...UserAttributeNames: string[]) =>
  client.send(new DeleteUserAttributesCommand({ AccessToken, UserAttributeNames }));
const sendCode = (AttributeName: string) =>
  client.send(new GetUserAttributeVerificationCodeCommand({ AccessToken, AttributeName }));
const verify = (AttributeName: string, Code: string) =>
  client.send(new VerifyUserAttributeCommand({ AccessToken, AttributeName, Code }));
const read = async () => {
  const { UserAttributes = [] } = await client.send(new GetUserCommand({ AccessToken }));
  return Object.fromEntries(UserAttributes.map(({ Name, Value }) => [Name, Value]));
};
const codes = () => cognito.deliveries.map(({ code }) => code);

const EXPIRED = {
  name: 'ExpiredCodeException',
  message: 'Invalid code provided, please request a code again.',
  status: 400,
};
const MISMATCH = { name: 'CodeMismatchException' };
const UNAUTHORIZED = { name: 'NotAuthorizedException', message: 'A client attempted to write unauthorized attribute' };

describe('an app client', () => {
  test('reads and writes the standard attributes where it has no list', async () => {
    expect(await read()).toEqual({ ...CAROL, 'custom:plan': undefined, sub: expect.any(String) });
    await change({ given_name: 'Caroline' });
    expect(await refusal(change({ 'custom:plan': 'silver' }))).toMatchObject(UNAUTHORIZED);
    expect(await refusal(remove('custom:plan'))).toMatchObject(UNAUTHORIZED);
    expect(await attributes()).toEqual({ ...CAROL, given_name: 'Caroline' });
  });

  test('reads and writes what its lists name, and sub', async () => {
    await start({}, { readAttributes: ['custom:plan'], writeAttributes: ['custom:plan'] });
    expect(await read()).toEqual({ 'custom:plan': 'gold', sub: expect.any(String) });
    await change({ 'custom:plan': 'silver' });
    expect(await refusal(change({ given_name: 'Caroline' }))).toMatchObject(UNAUTHORIZED);
  });

  test.each(['sub', 'email_verified', 'phone_number_verified'])('never writes %s', async (name) => {
    await start({}, { writeAttributes: ['email', 'phone_number', 'sub', 'email_verified', 'phone_number_verified'] });
    expect(await refusal(change({ [name]: 'true' }))).toMatchObject(UNAUTHORIZED);
  });

  test('may be given other lists', async () => {
    await change({ given_name: 'Caroline' });
    const request = { UserPoolId: pool, ClientId: appClient, WriteAttributes: ['nickname'] };
    await client.send(new UpdateUserPoolClientCommand(request));
    expect(await refusal(change({ given_name: 'Carol' }))).toMatchObject(UNAUTHORIZED);
  });
});

test('who has been disabled or deleted is let in no more', async () => {
  const calls = [() => read(), () => change({ given_name: 'x' }), () => remove('given_name'), () => sendCode('email')];
  const user = { UserPoolId: pool, Username: 'carol' };
  await client.send(new AdminDisableUserCommand(user));
  for (const call of [...calls, () => verify('email', '1')])
    expect(await refusal(call())).toMatchObject({ name: 'NotAuthorizedException', message: 'User is disabled.' });
  await client.send(new AdminDeleteUserCommand(user));
  for (const call of calls) expect(await refusal(call())).toMatchObject({ name: 'UserNotFoundException' });
});

test('a blank value deletes, an address with its flag and what waits for its code', async () => {
  await change({ email: 'new@example.com' });
  await change({ email: '', given_name: '' });
  expect(await attributes()).toEqual({ 'custom:plan': 'gold' });
  expect(await refusal(verify('email', codes()[0]))).toEqual(EXPIRED);
});

test('DeleteUserAttributes deletes an address with its flag', async () => {
  await remove('email', 'given_name');
  expect(await attributes()).toEqual({ 'custom:plan': 'gold' });
});

test('without "keep original", a changed address is there at once, and not verified', async () => {
  await start({ keepOriginal: [] });
  await change({ email: 'new@example.com' });
  expect(await attributes()).toMatchObject({ email: 'new@example.com', email_verified: 'false' });
  await verify('email', codes()[0]);
  expect(await attributes()).toMatchObject({ email: 'new@example.com', email_verified: 'true' });
});

describe('codes', () => {
  test('are each for one address, which waits through other changes', async () => {
    const { CodeDeliveryDetailsList } = await change({ email: 'new@example.com', phone_number: '+431234567' });
    expect(CodeDeliveryDetailsList).toEqual([
      { AttributeName: 'email', DeliveryMedium: 'EMAIL', Destination: 'n***@e***' },
      { AttributeName: 'phone_number', DeliveryMedium: 'SMS', Destination: '+*****4567' },
    ]);
    const [emailed, texted] = codes();
    await change({ given_name: 'Caroline' });
    expect(await refusal(verify('phone_number', emailed))).toMatchObject(MISMATCH);
    await verify('phone_number', texted);
    const confirmed = { phone_number: '+431234567', phone_number_verified: 'true' };
    expect(await attributes()).toEqual({ ...CAROL, ...confirmed, given_name: 'Caroline' });
    await verify('email', emailed);
    expect(await attributes()).toMatchObject({ ...confirmed, email: 'new@example.com', email_verified: 'true' });
  });

  test('are good once, and until the next one', async () => {
    await change({ email: 'new@example.com' });
    await sendCode('email');
    expect(cognito.deliveries).toMatchObject([{}, { destination: 'new@example.com' }]);
    expect(await refusal(verify('email', codes()[0]))).toMatchObject(MISMATCH);
    await verify('email', codes()[1]);
    expect(await refusal(verify('email', codes()[1]))).toEqual(EXPIRED);
  });

  test('are none that was never sent, and for nothing but addresses', async () => {
    expect(await refusal(verify('email', '123456'))).toEqual(EXPIRED);
    const invalid = { name: 'InvalidParameterException' };
    expect(await refusal(verify('given_name', '123456'))).toMatchObject(invalid);
    for (const name of ['given_name', 'phone_number']) expect(await refusal(sendCode(name))).toMatchObject(invalid);
  });

  test('go where an administrator has not settled the address meanwhile', async () => {
    await change({ email: 'new@example.com' });
    const UserAttributes = list({ email: 'settled@example.com', email_verified: 'true' });
    await client.send(new AdminUpdateUserAttributesCommand({ UserPoolId: pool, Username: 'carol', UserAttributes }));
    expect(await refusal(verify('email', codes()[0]))).toEqual(EXPIRED);
    expect(await attributes()).toMatchObject({ email: 'settled@example.com', email_verified: 'true' });
  });

  test('do not make an alias of what is somebody else’s', async () => {
    await start({ aliases: ['email'] });
    await cognito.createUser(pool, 'dave', { email: 'new@example.com', email_verified: 'true' });
    await change({ email: 'new@example.com' });
    expect(await refusal(verify('email', codes()[0]))).toMatchObject({ name: 'AliasExistsException' });
    expect(await attributes()).toEqual(CAROL);
  });
});
