/** examples/without and examples/with do the same, on an embedded Cognito. */
import {
  AdminCreateUserCommand,
  AdminUpdateUserAttributesCommand,
  type CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import { WithStack } from '../../examples/with/with-stack';
import { WithoutStack } from '../../examples/without/without-stack';
import { type Assembly, synthesize } from '../support/assembly';
import { CustomResource } from '../support/custom-resource';
import { type LocalCognito, startLocalCognito } from '../support/local-cognito';

const PROPS = { allowOrigins: ['https://account.example.com'] };

let cognito: LocalCognito;
beforeAll(async () => {
  cognito = await startLocalCognito();
});
afterAll(() => cognito.stop());
beforeEach(() => cognito.clearDeliveries());

/** What AwsCustomResource would send. */
const carryOut = async (client: CognitoIdentityProviderClient, call: string): Promise<void> => {
  const { service, action, parameters } = JSON.parse(call);
  expect(service).toBe('@aws-sdk/client-cognito-identity-provider');
  const { [action]: Command }: Record<string, new (input: object) => any> = {
    AdminCreateUser: AdminCreateUserCommand as any,
    AdminUpdateUserAttributes: AdminUpdateUserAttributesCommand as any,
  };
  await client.send(new Command(parameters));
};

const joined = (value: any, userPoolId: string): string =>
  value['Fn::Join'][1].map((part: any) => (typeof part === 'string' ? part : userPoolId)).join('');

const made: Assembly[] = [];
afterAll(() => made.forEach((assembly) => assembly.remove()));
const once = (make: () => Assembly): (() => Assembly) => {
  let assembly: Assembly | undefined;
  return () => {
    if (!assembly) made.push((assembly = make()));
    return assembly;
  };
};

const EXAMPLES: Record<string, [() => Assembly, (assembly: Assembly, userPoolId: string) => Promise<void>]> = {
  without: [
    once(() => synthesize((app) => new WithoutStack(app, 'Without', PROPS))),
    async (assembly, userPoolId) => {
      const client = cognito.client();
      for (const { Create, Update } of assembly.resourcesOf('Custom::CognitoUser').values()) {
        await carryOut(client, joined(Create, userPoolId));
        await carryOut(client, joined(Update, userPoolId)); // sets what is there already
      }
    },
  ],
  with: [
    once(() => synthesize((app) => new WithStack(app, 'With', PROPS))),
    async (assembly, userPoolId) => {
      const runner = assembly.runProvider({ AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: cognito.endpoint });
      const life = new CustomResource(runner);
      expect((await life.create(assembly.propertiesOf('Custom::CognitoUserAttributes', userPoolId))).failed).toBe(
        undefined,
      );
      await runner.stop();
    },
  ],
};

test.each(Object.entries(EXAMPLES))(
  'examples/%s: three users, two languages, one page',
  async (_name, [make, seed]) => {
    const assembly = make();
    const userPoolId = await cognito.createPool(assembly.pool);
    const [{ ReadAttributes, WriteAttributes }] = assembly.resourcesOf('AWS::Cognito::UserPoolClient').values();
    const clientId = await cognito.createAppClient(userPoolId, {
      readAttributes: ReadAttributes,
      writeAttributes: WriteAttributes,
    });
    const messages = assembly.runCustomMessage();
    cognito.setCustomMessage(messages);

    await seed(assembly, userPoolId);
    expect((await cognito.user(userPoolId, 'alice'))!.attributes).toEqual({
      given_name: 'Alice',
      email: 'alice@example.com',
      email_verified: 'true',
      'custom:plan': 'gold',
    });
    const invitation = (username: string) => cognito.deliveries.find((delivery) => delivery.username === username)!;
    expect(cognito.deliveries).toHaveLength(3);
    expect(invitation('bob').emailSubject).toBe('Willkommen bei Blue Harbour');
    const { emailSubject, emailMessage, code } = invitation('carol');
    expect(emailSubject).toBe('Welcome to Blue Harbour');
    expect(emailMessage).toBe(`<p>Hello Carol,</p><p>sign in as <b>carol</b> with the password <b>${code}</b>.</p>`);

    // What the page does.
    const api = await assembly.runHttpApi(cognito, userPoolId, clientId);
    const token = await cognito.signIn(userPoolId, clientId, 'bob');
    const ask = async (method: string, path: string, body?: object) => {
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
      const response = await fetch(`${api.endpoint}/me/attributes${path}`, {
        method,
        headers,
        body: body && JSON.stringify(body),
      });
      const text = await response.text();
      return [response.status, text && JSON.parse(text)];
    };
    const there = { locale: 'de-AT', email: 'bob@example.com', email_verified: 'true' };
    expect(await ask('GET', '')).toEqual([200, { attributes: there }]);
    expect(await ask('PATCH', '', { attributes: { nickname: 'Bobby', email: 'bobby@example.com' } })).toEqual([
      200,
      { codesSent: [{ attribute: 'email', medium: 'EMAIL', destination: expect.stringContaining('***') }] },
    ]);
    const sent = cognito.deliveries.at(-1)!;
    expect([sent.destination, sent.emailSubject]).toEqual(['bobby@example.com', 'Bestätigen Sie Ihre neue Adresse']);
    expect(await ask('GET', '')).toEqual([200, { attributes: { ...there, nickname: 'Bobby' } }]);
    expect((await ask('POST', '/email/verification', { code: '000000' }))[0]).toBeGreaterThan(399);
    expect((await ask('POST', '/email/verification', { code: sent.code }))[0]).toBeLessThan(300);
    expect(await ask('GET', '')).toEqual([
      200,
      { attributes: { ...there, email: 'bobby@example.com', nickname: 'Bobby' } },
    ]);
    expect((await ask('PATCH', '', { attributes: { nickname: null, locale: 'en' } }))[0]).toBe(200);
    expect(await ask('GET', '')).toEqual([200, { attributes: { ...there, locale: 'en', email: 'bobby@example.com' } }]);
    expect((await ask('PATCH', '', { attributes: { 'custom:plan': 'gold' } }))[0]).toBeGreaterThan(399);

    await Promise.all([api.stop(), messages.stop()]);
  },
);

// What examples/without/README.md says of it.
describe('by hand', () => {
  const [makeWithout] = EXAMPLES.without;

  test('an attribute that leaves the declaration stays with the user, and a user who is there already fails', async () => {
    const assembly = makeWithout();
    const userPoolId = await cognito.createPool(assembly.pool);
    cognito.setCustomMessage();
    const client = cognito.client();
    const [alice] = assembly.resourcesOf('Custom::CognitoUser').values();
    await carryOut(client, joined(alice.Create, userPoolId));
    const shorter = JSON.parse(joined(alice.Update, userPoolId));
    shorter.parameters.UserAttributes.pop();
    await carryOut(client, JSON.stringify(shorter));
    expect((await cognito.user(userPoolId, 'alice'))!.attributes['custom:plan']).toBe('gold');
    await expect(carryOut(client, joined(alice.Create, userPoolId))).rejects.toThrow(
      expect.objectContaining({ name: 'UsernameExistsException' }),
    );
  });

  test.each([
    ['without', 'Visit evil.example'],
    ['with', 'Visit evil. example'],
  ])('%s the library, a name that mail clients would link is mailed as %p', async (name, shown) => {
    const assembly = EXAMPLES[name][0]();
    const runner = assembly.runCustomMessage();
    const { payload } = await runner.invoke({
      version: '1',
      triggerSource: 'CustomMessage_UpdateUserAttribute',
      userPoolId: 'eu-west-1_a',
      userName: 'alice',
      request: { codeParameter: '{####}', userAttributes: { given_name: 'Visit evil.example' }, clientMetadata: {} },
      response: { smsMessage: null, emailMessage: null, emailSubject: null },
    });
    expect(JSON.stringify(payload)).toContain(shown);
    await runner.stop();
  });
});
