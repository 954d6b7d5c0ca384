/** The API that users change themselves through: closed without a token, open with the one of a user who has signed in. */
import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { ExpectedResult } from '@aws-cdk/integ-tests-alpha';
import { ClientAttributes, UserPool } from 'aws-cdk-lib/aws-cognito';
import type { Construct } from 'constructs';
import {
  MissingUsers,
  SeedSource,
  UserAttributesApi,
  UserAttributesEndpoint,
  UserAttributesSeeder,
  UserPassword,
  WritableAttribute,
} from '../../lib';
import { COGNITO, inTurn, integ } from './support';

class SelfServiceApiStack extends Stack {
  public readonly userPool: UserPool;
  public readonly seeder: UserAttributesSeeder;
  public readonly clientId: string;
  public readonly api: UserAttributesApi;

  public constructor(scope: Construct, id: string) {
    super(scope, id);
    this.userPool = new UserPool(this, 'Pool');
    const client = this.userPool.addClient('Client', {
      authFlows: { adminUserPassword: true },
      writeAttributes: new ClientAttributes().withStandardAttributes({ nickname: true }),
    });
    this.clientId = client.userPoolClientId;
    this.api = new UserAttributesApi(this, 'Api', {
      userPool: this.userPool,
      userPoolClients: [client],
      writable: [WritableAttribute.of('nickname', { maxLength: 30 })],
      endpoint: UserAttributesEndpoint.create({ allowOrigins: ['https://app.example.com'] }),
    });
    this.seeder = new UserAttributesSeeder(this, 'Users', {
      userPool: this.userPool,
      source: SeedSource.inline([
        { username: 'alice', attributes: { nickname: 'Al' }, password: UserPassword.generated() },
      ]),
      missingUsers: MissingUsers.create({ deleteWhenUndeclared: true }),
      removalPolicy: RemovalPolicy.DESTROY,
    });
  }
}

integ(
  (app) => new SelfServiceApiStack(app, 'IntegSelfServiceApi'),
  ({ test, userHas }, { userPool: { userPoolId }, seeder, clientId, api }) => {
    const closed = test.assertions
      .httpApiCall(api.attributesUrl)
      .expect(ExpectedResult.objectLike({ ok: false, status: 401 }));
    const signIn = test.assertions.awsApiCall(
      COGNITO,
      'AdminInitiateAuth',
      {
        UserPoolId: userPoolId,
        ClientId: clientId,
        AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
        AuthParameters: {
          USERNAME: 'alice',
          PASSWORD: seeder.user('alice').secret!.secretValueFromJson('password').unsafeUnwrap(),
        },
      },
      // All three tokens together are more than CloudFormation takes.
      ['AuthenticationResult.AccessToken'],
    );
    const headers = {
      Authorization: `Bearer ${signIn.getAttString('AuthenticationResult.AccessToken')}`,
      'Content-Type': 'application/json',
    };
    const change = test.assertions
      .httpApiCall(api.attributesUrl, {
        method: 'PATCH',
        headers,
        body: JSON.stringify({ attributes: { nickname: 'Ally' } }),
      })
      .expect(ExpectedResult.objectLike({ ok: true, status: 200 }));
    const refused = test.assertions
      .httpApiCall(api.attributesUrl, {
        method: 'PATCH',
        headers,
        body: JSON.stringify({ attributes: { address: 'Elsewhere' } }),
      })
      .expect(ExpectedResult.objectLike({ ok: false, status: 422 }));
    inTurn([
      closed,
      ...userHas(userPoolId, 'alice', { nickname: 'Al' }),
      signIn,
      change,
      refused,
      ...userHas(userPoolId, 'alice', { nickname: 'Ally' }),
    ]);
  },
);
