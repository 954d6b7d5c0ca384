/** The messages as they reach people: sent by a running Cognito, which calls the shipped function over HTTP and fills in the code. */
import { randomUUID } from 'node:crypto';
import {
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  AdminUpdateUserAttributesCommand,
  type CognitoIdentityProviderClient,
  ForgotPasswordCommand,
  GetUserAttributeVerificationCodeCommand,
  InitiateAuthCommand,
  SignUpCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { CustomMessageSource, MetadataKey } from '../../lib';
import { LambdaRunner } from '../support/lambda-runner';
import { type Contact, type LocalCognito, startLocalCognito } from '../support/local-cognito';
import { type MessageFunction, synthesizeMessages } from '../support/message-function';

type Channel = 'email' | 'sms';

const { SIGN_UP, ADMIN_CREATE_USER, FORGOT_PASSWORD, UPDATE_USER_ATTRIBUTE, VERIFY_USER_ATTRIBUTE, AUTHENTICATION } =
  CustomMessageSource;

/** What a test knows of the pool, the user and the call that makes Cognito send. */
interface Occasion {
  readonly client: CognitoIdentityProviderClient;
  readonly userPoolId: string;
  readonly clientId: string;
  readonly username: string;
  readonly contact: Contact;
  readonly destination: string;
  readonly locale?: string;
  readonly clientMetadata?: Record<string, string>;
}

let cognito: LocalCognito;
let declared: MessageFunction;
let runner: LambdaRunner;

const attributesOf = ({ contact, destination, locale }: Occasion): Record<string, string> => ({
  [contact]: destination,
  given_name: 'Zoë <b>',
  ...(locale && { locale }),
});
const list = (attributes: Record<string, string>) =>
  Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }));

const PASSWORD = 'Aa1!aaaaaaaa';
const signedIn = async (occasion: Occasion): Promise<string> => {
  const { userPoolId, clientId, username } = occasion;
  await cognito.seedUsers(userPoolId, [{ username, attributes: attributesOf(occasion) }]);
  return cognito.signIn(userPoolId, clientId, username);
};

/** How people come by each message. Cognito passes no ClientMetadata on to the message of a second factor. */
const SEND: Partial<Record<CustomMessageSource, (occasion: Occasion) => Promise<unknown>>> = {
  [SIGN_UP]: (occasion) =>
    occasion.client.send(
      new SignUpCommand({
        ClientId: occasion.clientId,
        Username: occasion.username,
        Password: PASSWORD,
        UserAttributes: list(attributesOf(occasion)),
        ClientMetadata: occasion.clientMetadata,
      }),
    ),
  [ADMIN_CREATE_USER]: (occasion) =>
    occasion.client.send(
      new AdminCreateUserCommand({
        UserPoolId: occasion.userPoolId,
        Username: occasion.username,
        UserAttributes: list(attributesOf(occasion)),
        DesiredDeliveryMediums: [occasion.contact === 'email' ? 'EMAIL' : 'SMS'],
        ClientMetadata: occasion.clientMetadata,
      }),
    ),
  [FORGOT_PASSWORD]: async (occasion) => {
    await cognito.seedUsers(occasion.userPoolId, [{ username: occasion.username, attributes: attributesOf(occasion) }]);
    const { clientId: ClientId, username: Username, clientMetadata: ClientMetadata } = occasion;
    await occasion.client.send(new ForgotPasswordCommand({ ClientId, Username, ClientMetadata }));
  },
  [UPDATE_USER_ATTRIBUTE]: async (occasion) => {
    const { userPoolId: UserPoolId, username: Username, contact, clientMetadata: ClientMetadata } = occasion;
    const { [contact]: destination, ...others } = attributesOf(occasion);
    await cognito.seedUsers(UserPoolId, [{ username: Username, attributes: others }]);
    const UserAttributes = list({ [contact]: destination });
    await occasion.client.send(
      new AdminUpdateUserAttributesCommand({ UserPoolId, Username, UserAttributes, ClientMetadata }),
    );
  },
  [VERIFY_USER_ATTRIBUTE]: async (occasion) => {
    const AccessToken = await signedIn(occasion);
    const { contact: AttributeName, clientMetadata: ClientMetadata } = occasion;
    await occasion.client.send(
      new GetUserAttributeVerificationCodeCommand({ AccessToken, AttributeName, ClientMetadata }),
    );
  },
  [AUTHENTICATION]: async (occasion) => {
    const { client, clientId: ClientId, userPoolId: UserPoolId, username } = occasion;
    await cognito.seedUsers(UserPoolId, [{ username, attributes: attributesOf(occasion), smsMfa: true }]);
    await client.send(
      new AdminSetUserPasswordCommand({ UserPoolId, Username: username, Password: PASSWORD, Permanent: true }),
    );
    const AuthParameters = { USERNAME: username, PASSWORD };
    await client.send(new InitiateAuthCommand({ AuthFlow: 'USER_PASSWORD_AUTH', ClientId, AuthParameters }));
  },
};

beforeAll(async () => {
  declared = synthesizeMessages(
    { metadata: [MetadataKey.of('campaign', { maxLength: 20 }), MetadataKey.of('lang')], localeKey: 'lang' },
    (messages) => {
      for (const source of Object.values(CustomMessageSource)) {
        const rest = source === ADMIN_CREATE_USER ? 'you are {{username}}, {{code}}' : '{{code}}';
        const add = (words: string, condition: object) =>
          messages.addTemplate(source, {
            ...condition,
            subject: `${words}: {{userAttributes.given_name}}`,
            html: `<p>${words} {{userAttributes.given_name}}: ${rest}</p>`,
            sms: `${words}: ${rest}`,
          });
        add('any', {});
        add('de', { locale: 'de' });
        add('de-AT', { locale: 'de-AT' });
        add('spring', { when: { campaign: 'spring' } });
      }
    },
  );
  runner = new LambdaRunner({ bundle: declared.bundle, timeoutSeconds: 5, memoryMb: 256 });
  cognito = await startLocalCognito();
  cognito.setCustomMessage(runner);
});
afterAll(async () => {
  await cognito.stop();
  await runner.stop();
  declared.remove();
});

/** Sends one message and tells what arrived. */
const send = async (source: CustomMessageSource, channel: Channel, over: Partial<Occasion> = {}) => {
  const contact = channel === 'email' ? 'email' : 'phone_number';
  const userPoolId = await cognito.createPool({ autoVerified: [contact], mfa: source === AUTHENTICATION });
  const username = `user-${randomUUID()}`;
  const occasion: Occasion = {
    client: cognito.client(),
    userPoolId,
    clientId: await cognito.createAppClient(userPoolId),
    username,
    contact,
    destination: channel === 'email' ? 'zoe@example.com' : '+43664123456',
    ...over,
  };
  cognito.clearDeliveries();
  await SEND[source]!(occasion);
  expect(cognito.deliveries).toHaveLength(1);
  const [delivery] = cognito.deliveries;
  expect(delivery).toMatchObject({ source, destination: occasion.destination, custom: true });
  expect(delivery.code).toMatch(/\S{4,}/);
  const rest = source === ADMIN_CREATE_USER ? `you are ${username}, ${delivery.code}` : delivery.code;
  return { delivery, rest };
};

const CHANNELS: [CustomMessageSource, Channel][] = [
  [SIGN_UP, 'email'],
  [SIGN_UP, 'sms'],
  [ADMIN_CREATE_USER, 'email'],
  [ADMIN_CREATE_USER, 'sms'],
  [FORGOT_PASSWORD, 'email'], // the emulator sends it by e-mail alone
  [UPDATE_USER_ATTRIBUTE, 'email'],
  [UPDATE_USER_ATTRIBUTE, 'sms'],
  [VERIFY_USER_ATTRIBUTE, 'email'],
  [VERIFY_USER_ATTRIBUTE, 'sms'],
  [AUTHENTICATION, 'sms'], // likewise by SMS alone
];
const LOCALES: [locale: string | undefined, words: string][] = [
  [undefined, 'any'],
  ['fr', 'any'],
  ['de', 'de'],
  ['de-CH', 'de'],
  ['de-AT', 'de-AT'],
];

const expectWords = async (source: CustomMessageSource, channel: Channel, words: string, over: Partial<Occasion>) => {
  const { delivery, rest } = await send(source, channel, over);
  if (channel === 'sms') expect(delivery.smsMessage).toBe(`${words}: ${rest}`);
  else {
    expect(delivery.emailSubject).toBe(`${words}: Zoë <b>`);
    expect(delivery.emailMessage).toBe(`<p>${words} Zoë &lt;b&gt;: ${rest}</p>`);
  }
};

describe.each(CHANNELS)('%s by %s', (source, channel) => {
  test.each(LOCALES)('reaches a user whose locale is %s in the words of %s', (locale, words) =>
    expectWords(source, channel, words, { locale }),
  );
});

describe.each(CHANNELS.filter(([source]) => source !== AUTHENTICATION))('%s by %s', (source, channel) => {
  test('follows the ClientMetadata of the call', async () => {
    await expectWords(source, channel, 'spring', { clientMetadata: { campaign: 'spring' } });
    await expectWords(source, channel, 'de', { clientMetadata: { lang: 'de' }, locale: 'fr' });
  });
});

test('no value of a message is in any line of the function’s log', () => {
  expect(runner.logs.join('\n')).not.toMatch(/Zoë|zoe@example|43664123456/);
});
