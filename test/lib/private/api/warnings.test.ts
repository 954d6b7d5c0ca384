import { Annotations, type App, Aws, Fn, Lazy } from 'aws-cdk-lib';
import {
  CfnUserPool,
  CfnUserPoolClient,
  OAuthScope,
  UserPool,
  UserPoolClient,
  type UserPoolClientProps,
  UserPoolOperation,
} from 'aws-cdk-lib/aws-cognito';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { CustomMessageSource, CustomMessageTrigger, MetadataKey, WritableAttribute } from '../../../../lib';
import { type ApiOptions, ApiStack } from './api-stack';

const NICKNAME = [WritableAttribute.of('nickname')];
const EMAIL = [WritableAttribute.of('email')];

/** A client that may do what the API does with the nickname or the address, and nothing else. */
const bare = (stack: ApiStack, id = 'Client', props: Omit<UserPoolClientProps, 'userPool'> = {}) =>
  stack.addClient(id, { writes: ['nickname'], reads: ['nickname'] }, props);
const forEmail = (stack: ApiStack, pool = stack.pool) =>
  stack.addClient('Client', { writes: ['email'], reads: ['email', 'email_verified'] }, { pool });

const resourceOf = (client: UserPoolClient) => client.node.defaultChild as CfnUserPoolClient;

const warningsOf = (declare: (stack: ApiStack) => ApiOptions): string[] => {
  const stack = new ApiStack();
  stack.addApi(declare(stack));
  return stack.warnings;
};

test('a declaration without a fault has no warning', () => {
  expect(warningsOf((stack) => ({ writable: NICKNAME, userPoolClients: [bare(stack)] }))).toEqual([]);
  expect(warningsOf((stack) => ({ writable: EMAIL, userPoolClients: [forEmail(stack)] }))).toEqual([]);
});

describe('clientWritesMore', () => {
  const MORE = (path: string, names: string) =>
    `/Stack/Api clientWritesMore: whoever signs in with the app client ${path} may also write ${names}, by asking Cognito itself with the same token: list in the client's writeAttributes no more than is writable here`;

  test('tells what the client writes beyond what is writable', () => {
    const [warning, ...others] = warningsOf((stack) => ({
      writable: NICKNAME,
      userPoolClients: [
        stack.addClient('Client', { writes: ['nickname', 'custom:plan', 'website'], reads: ['nickname'] }),
      ],
    }));
    expect(warning).toBe(MORE('Stack/Pool/Client', 'custom:plan, website'));
    expect(others).toEqual([]);
  });

  test('tells of a client without a list, which may write every standard attribute that somebody can', () => {
    const [warning] = warningsOf((stack) => ({
      writable: NICKNAME,
      userPoolClients: [stack.addClient('Client', { reads: ['nickname'] })],
    }));
    expect(warning).toBe(
      MORE(
        'Stack/Pool/Client',
        'address, birthdate, email, family_name, gender, given_name, locale, middle_name, name, phone_number, picture, preferred_username, profile, updated_at, website, zoneinfo',
      ),
    );
  });

  test('tells of each client', () => {
    const warnings = warningsOf((stack) => ({
      writable: NICKNAME,
      userPoolClients: ['First', 'Second'].map((id) =>
        stack.addClient(id, { writes: ['nickname', 'website'], reads: ['nickname'] }),
      ),
    }));
    expect(warnings).toEqual([MORE('Stack/Pool/First', 'website'), MORE('Stack/Pool/Second', 'website')]);
  });

  test('can be acknowledged around the API', () => {
    const stack = new ApiStack();
    const userPoolClients = [stack.addClient('Client', { writes: ['nickname', 'website'], reads: ['nickname'] })];
    stack.addApi({ writable: NICKNAME, userPoolClients });
    Annotations.of(stack).acknowledgeWarning('cdk-cognito-user-attributes:clientWritesMore', 'a second page needs it');
    expect(stack.warnings).toEqual([]);
  });

  test('does not tell of a client that is declared elsewhere', () => {
    const warnings = warningsOf((stack) => ({
      userPoolClients: [UserPoolClient.fromUserPoolClientId(stack, 'There', 'abc')],
    }));
    expect(warnings).toEqual([]);
  });

  test('does not tell of lists that are known only at deployment', () => {
    for (const writes of [Fn.split(',', Aws.STACK_NAME), ['nickname', Lazy.string({ produce: () => 'x' })]]) {
      const warnings = warningsOf((stack) => ({
        userPoolClients: [stack.addClient('Client', { writes, reads: ['nickname'] })],
      }));
      expect(warnings).toEqual([]);
    }
  });

  test('does not tell of what nobody can change, nor of what every client has to write', () => {
    const warnings = warningsOf((stack) => {
      const pool = stack.addPool('Required', {
        standardAttributes: {
          email: { required: true, mutable: true },
          familyName: { required: true, mutable: false },
          givenName: { mutable: false },
        },
      });
      const writes = ['nickname', 'email', 'family_name', 'given_name', 'custom:badge'];
      const client = stack.addClient('Client', { writes, reads: ['nickname'] }, { pool });
      return { userPool: pool, userPoolClients: [client] };
    });
    expect(warnings).toEqual([]);
  });

  test('counts what is set after the construct', () => {
    const stack = new ApiStack();
    const client = bare(stack);
    stack.addApi({ userPoolClients: [client] });
    resourceOf(client).writeAttributes = ['nickname', 'website'];
    expect(stack.warnings).toEqual([MORE('Stack/Pool/Client', 'website')]);
  });

  test('counts what an override says', () => {
    const warnings = warningsOf((stack) => {
      const client = bare(stack);
      resourceOf(client).addPropertyOverride('WriteAttributes', ['nickname', 'website']);
      return { userPoolClients: [client] };
    });
    expect(warnings).toEqual([MORE('Stack/Pool/Client', 'website')]);
  });
});

describe('clientWithoutScope', () => {
  const WITHOUT = (path: string) =>
    expect.stringMatching(
      new RegExp(
        `^/Stack/Api clientWithoutScope: tokens that the app client ${path} gets from the hosted pages will not have the scope aws\\.cognito\\.signin\\.user\\.admin, .*: add OAuthScope\\.COGNITO_ADMIN to its scopes, or name in its authFlows`,
      ),
    );
  const hosted = (scopes: OAuthScope[]) => ({ oAuth: { scopes, callbackUrls: ['https://a.example'] } });
  const withClient = (
    props: Omit<UserPoolClientProps, 'userPool'>,
    change: (client: CfnUserPoolClient) => void = () => undefined,
  ) =>
    warningsOf((stack) => {
      const client = bare(stack, 'Client', props);
      change(resourceOf(client));
      return { userPoolClients: [client] };
    });

  test.each<[string, Omit<UserPoolClientProps, 'userPool'>]>([
    ['scopes without it', hosted([OAuthScope.OPENID])],
    ['scopes without it, and no flow but the renewal', { ...hosted([OAuthScope.OPENID]), authFlows: { user: false } }],
    ['an API’s own scopes', hosted([OAuthScope.custom('orders/read')])],
  ])('tells of hosted pages with %s', (_, props) => {
    expect(withClient(props)).toEqual([WITHOUT('Stack/Pool/Client')]);
  });

  test.each<[string, Omit<UserPoolClientProps, 'userPool'>]>([
    ['a client as it comes', {}],
    ['hosted pages with the scope', hosted([OAuthScope.OPENID, OAuthScope.COGNITO_ADMIN])],
    ['a client without hosted pages', { disableOAuth: true }],
    ['a client that signs in by SRP as well', { ...hosted([OAuthScope.OPENID]), authFlows: { userSrp: true } }],
    [
      'a client that signs in by password as well',
      { ...hosted([OAuthScope.OPENID]), authFlows: { userPassword: true } },
    ],
    [
      'a client that signs in by flows of its own as well',
      { ...hosted([OAuthScope.OPENID]), authFlows: { custom: true } },
    ],
    ['a client of which a server signs in', { ...hosted([OAuthScope.OPENID]), authFlows: { adminUserPassword: true } }],
  ])('does not tell of %s', (_, props) => expect(withClient(props)).toEqual([]));

  test.each<[string, (client: CfnUserPoolClient) => void]>([
    ['flows of the old names', (client) => (client.explicitAuthFlows = ['ADMIN_NO_SRP_AUTH'])],
    ['flows known only at deployment', (client) => (client.explicitAuthFlows = Fn.split(',', Aws.STACK_NAME))],
    ['scopes known only at deployment', (client) => (client.allowedOAuthScopes = Fn.split(',', Aws.STACK_NAME))],
    ['a scope known only at deployment', (client) => (client.allowedOAuthScopes = [Aws.STACK_NAME])],
    ['no OAuth by an override', (client) => client.addPropertyOverride('AllowedOAuthFlowsUserPoolClient', false)],
    [
      'the scope by an override',
      (client) => client.addPropertyOverride('AllowedOAuthScopes', ['aws.cognito.signin.user.admin']),
    ],
    ['SRP by an override', (client) => client.addPropertyOverride('ExplicitAuthFlows', ['ALLOW_USER_SRP_AUTH'])],
  ])('does not tell of %s', (_, change) => expect(withClient(hosted([OAuthScope.OPENID]), change)).toEqual([]));

  test('tells of an L1 with OAuth and no scopes', () => {
    const warnings = warningsOf((stack) => ({
      userPoolClients: [
        new CfnUserPoolClient(stack, 'L1', {
          userPoolId: stack.pool.userPoolId,
          writeAttributes: ['nickname'],
          readAttributes: ['nickname'],
          allowedOAuthFlowsUserPoolClient: true,
        }),
      ],
    }));
    expect(warnings).toEqual([WITHOUT('Stack/L1')]);
  });

  test('tells of each client', () => {
    const warnings = warningsOf((stack) => ({
      userPoolClients: ['First', 'Second'].map((id) => bare(stack, id, hosted([OAuthScope.OPENID]))),
    }));
    expect(warnings).toEqual([WITHOUT('Stack/Pool/First'), WITHOUT('Stack/Pool/Second')]);
  });
});

describe('originalsUnknown', () => {
  const imported = (stack: ApiStack, writable: WritableAttribute[]): ApiOptions => ({
    userPool: UserPool.fromUserPoolId(stack, 'There', 'eu-west-1_abc'),
    userPoolClients: [UserPoolClient.fromUserPoolClientId(stack, 'Client', 'abc')],
    writable,
  });
  const UNKNOWN = (names: string) =>
    `/Stack/Api originalsUnknown: ${names} can be changed, and whether the pool keeps the original until the new one is confirmed is not known here: make sure that its keepOriginal (AttributesRequireVerificationBeforeUpdate) holds ${names}`;

  test('tells of an address that people change in a pool that is declared elsewhere', () => {
    expect(warningsOf((stack) => imported(stack, EMAIL))).toEqual([UNKNOWN('email')]);
  });

  test('tells of both at once', () => {
    expect(warningsOf((stack) => imported(stack, [WritableAttribute.of('phoneNumber'), ...EMAIL]))).toEqual([
      UNKNOWN('phone_number and email'),
    ]);
  });

  test('is not given where there is no address', () => {
    expect(warningsOf((stack) => imported(stack, NICKNAME))).toEqual([]);
  });

  const onL1 = (settings: CfnUserPool['userAttributeUpdateSettings']) => (stack: ApiStack) => {
    const userPool = new CfnUserPool(stack, 'L1', { userAttributeUpdateSettings: settings });
    return { ...imported(stack, EMAIL), userPool };
  };

  test.each<[string, CfnUserPool['userAttributeUpdateSettings']]>([
    ['settings', Lazy.any({ produce: () => ({ attributesRequireVerificationBeforeUpdate: [] }) })],
    ['a list', { attributesRequireVerificationBeforeUpdate: Fn.split(',', Aws.STACK_NAME) }],
    ['an entry of the list', { attributesRequireVerificationBeforeUpdate: [Aws.STACK_NAME] }],
  ])('tells of a pool of this app of which %s is known only at deployment', (_, settings) => {
    expect(warningsOf(onL1(settings))).toEqual([UNKNOWN('email')]);
  });

  test('is not given where the list has it beside what is known only at deployment', () => {
    const names = ['email', Aws.STACK_NAME];
    expect(warningsOf(onL1({ attributesRequireVerificationBeforeUpdate: names }))).toEqual([]);
  });

  test('is not given where an override keeps it', () => {
    const warnings = warningsOf((stack) => {
      const l1 = new CfnUserPool(stack, 'L1');
      l1.addPropertyOverride('UserAttributeUpdateSettings.AttributesRequireVerificationBeforeUpdate', ['email']);
      return { ...imported(stack, EMAIL), userPool: l1 };
    });
    expect(warnings).toEqual([]);
  });
});

describe('idleMetadata', () => {
  const metadata = [MetadataKey.of('tone')];
  const NO_TRIGGER =
    '/Stack/Api idleMetadata: callers may send ClientMetadata, and the pool has no CustomMessage trigger that reads it: declare a CustomMessageTrigger, or leave metadata out';
  const NO_ADDRESS =
    '/Stack/Api idleMetadata: callers may send ClientMetadata, and neither email nor phone_number is writable, for which alone it is read: leave metadata out';

  const someFunction = (stack: ApiStack) =>
    new Function(stack, 'Other', {
      runtime: Runtime.NODEJS_24_X,
      handler: 'index.handler',
      code: Code.fromInline('//'),
    });

  test('tells of a pool without the trigger', () => {
    const warnings = warningsOf((stack) => ({ writable: EMAIL, userPoolClients: [forEmail(stack)], metadata }));
    expect(warnings).toEqual([NO_TRIGGER]);
  });

  test('tells of an API for which no code is sent', () => {
    expect(warningsOf((stack) => ({ userPoolClients: [bare(stack)], metadata }))).toEqual([NO_ADDRESS]);
  });

  test.each<[string, (stack: ApiStack) => void]>([
    [
      'a CustomMessageTrigger',
      ({ pool }) => {
        const messages = new CustomMessageTrigger(pool, 'Messages', { userPool: pool });
        messages.addTemplate(CustomMessageSource.SIGN_UP, { sms: '{{code}}' });
      },
    ],
    ['a trigger of one’s own', (stack) => stack.pool.addTrigger(UserPoolOperation.CUSTOM_MESSAGE, someFunction(stack))],
  ])('is not given where the pool gets %s, also afterwards', (_, attach) => {
    const stack = new ApiStack();
    stack.addApi({ writable: EMAIL, userPoolClients: [forEmail(stack)], metadata });
    attach(stack);
    expect(stack.warnings.filter((warning) => warning.includes('idleMetadata'))).toEqual([]);
  });

  test('is not given where nothing is sent', () => {
    expect(warningsOf((stack) => ({ writable: EMAIL, userPoolClients: [forEmail(stack)], metadata: [] }))).toEqual([]);
  });

  test('is not given of a pool that is declared elsewhere', () => {
    const warnings = warningsOf((stack) => ({
      userPool: UserPool.fromUserPoolId(stack, 'There', 'eu-west-1_abc'),
      userPoolClients: [UserPoolClient.fromUserPoolClientId(stack, 'Client', 'abc')],
      writable: EMAIL,
      metadata,
    }));
    expect(warnings).toEqual([expect.stringContaining('originalsUnknown')]);
  });
});

test.each(['readAttributes', 'writeAttributes', 'allowedOAuthScopes', 'explicitAuthFlows'] as const)(
  'nonsense in place of %s is left to CDK, which says so',
  (property) => {
    const stack = new ApiStack();
    const client = bare(stack);
    resourceOf(client)[property] = 'nickname' as never;
    stack.addApi({ userPoolClients: [client] });
    expect(() => stack.mistakes).toThrow(new RegExp(`${property}.*should be a list`, 's'));
    resourceOf(client)[property] = null as never; // as left out
    expect(stack.mistakes).toEqual([]);
  },
);

// ratesNotSet: with the HTTP APIs, in user-attributes-api-endpoint.test.ts
test('a warning is given once, however often the app is synthesized', () => {
  const stack = new ApiStack();
  stack.addApi({
    userPoolClients: [stack.addClient('Client', { writes: ['nickname', 'website'], reads: ['nickname'] })],
  });
  const { root } = stack.node;
  expect(stack.warnings).toHaveLength(1);
  (root as App).synth({ force: true });
  expect(stack.warnings).toHaveLength(1);
});
