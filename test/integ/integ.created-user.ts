/** A user whom a seeder creates has what is declared and signs in; and Cognito asks the trigger when an address changes. */
import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { ExpectedResult, Match } from '@aws-cdk/integ-tests-alpha';
import { StringAttribute, UserPool } from 'aws-cdk-lib/aws-cognito';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import {
  ContactVerification,
  CustomMessageSource,
  CustomMessageTrigger,
  MetadataKey,
  MissingUsers,
  SeedSource,
  UserAttributesSeeder,
  UserPassword,
} from '../../lib';
import { COGNITO, inTurn, integ, mailbox } from './support';

const ALICE = { given_name: 'Alice', email: mailbox('alice'), email_verified: 'true', 'custom:plan': 'gold' };

class CreatedUserStack extends Stack {
  public readonly userPool: UserPool;
  public readonly messages: CustomMessageTrigger;
  public readonly seeder: UserAttributesSeeder;
  public readonly clientId: string;

  public constructor(scope: Construct, id: string) {
    super(scope, id);
    this.userPool = new UserPool(this, 'Pool', {
      autoVerify: { email: true },
      customAttributes: { plan: new StringAttribute({ mutable: true, maxLen: 20 }) },
    });
    this.userPool.addGroup('Admins', { groupName: 'admins' });
    this.clientId = this.userPool.addClient('Client', { authFlows: { adminUserPassword: true } }).userPoolClientId;

    // It writes an SMS alone: an e-mail in words of one's own takes an identity of Amazon SES, which no account has by itself.
    this.messages = new CustomMessageTrigger(this, 'Messages', {
      userPool: this.userPool,
      metadata: [MetadataKey.oneOf('campaign', ['spring'])],
    });
    this.messages.addTemplate(CustomMessageSource.UPDATE_USER_ATTRIBUTE, {
      when: { campaign: 'spring' },
      sms: 'Your code: {{code}}',
    });

    this.seeder = new UserAttributesSeeder(this, 'Users', {
      userPool: this.userPool,
      source: SeedSource.inline([
        {
          username: 'alice',
          attributes: { givenName: 'Alice', email: ALICE.email, custom: { plan: 'gold' } },
          groups: ['admins'],
          password: UserPassword.generated(),
        },
      ]),
      verification: ContactVerification.MARK_VERIFIED,
      missingUsers: MissingUsers.create({ deleteWhenUndeclared: true }),
      removalPolicy: RemovalPolicy.DESTROY,
    });
  }
}

integ(
  (app) => new CreatedUserStack(app, 'IntegCreatedUser'),
  ({ test, userHas }, { userPool: { userPoolId }, messages, seeder, clientId }) => {
    const user = { UserPoolId: userPoolId, Username: 'alice' };
    const signsIn = test.assertions
      .awsApiCall(COGNITO, 'AdminInitiateAuth', {
        UserPoolId: userPoolId,
        ClientId: clientId,
        AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
        AuthParameters: {
          USERNAME: 'alice',
          PASSWORD: seeder.user('alice').secret!.secretValueFromJson('password').unsafeUnwrap(),
        },
      })
      .expect(ExpectedResult.objectLike({ AuthenticationResult: { TokenType: 'Bearer' } }));
    const groups = test.assertions
      .awsApiCall(COGNITO, 'AdminListGroupsForUser', user)
      .expect(ExpectedResult.objectLike({ Groups: Match.arrayWith([Match.objectLike({ GroupName: 'admins' })]) }));
    const update = test.assertions.awsApiCall(COGNITO, 'AdminUpdateUserAttributes', {
      ...user,
      UserAttributes: [{ Name: 'email', Value: mailbox('alice-new') }],
      ClientMetadata: { campaign: 'spring' },
    });
    const asked = test.assertions
      .awsApiCall('cloudwatch-logs', 'FilterLogEvents', {
        logGroupName: (messages.handler as Function).logGroup.logGroupName,
        filterPattern: '"RenderedMessages"',
      })
      .expect(
        ExpectedResult.objectLike({
          events: Match.arrayWith([Match.objectLike({ message: Match.stringLikeRegexp('RenderedMessages.{1,3}:1') })]),
        }),
      )
      .waitForAssertions({ totalTimeout: Duration.minutes(5) });
    inTurn([
      ...userHas(userPoolId, 'alice', ALICE),
      groups,
      signsIn,
      update,
      ...userHas(userPoolId, 'alice', { ...ALICE, email: mailbox('alice-new'), email_verified: 'false' }),
      asked,
    ]);
  },
);
