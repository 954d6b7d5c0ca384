/** The trigger of a pool that counts as imported: it is attached, and the pool's other settings are as they were declared. */
import { type CfnResource, Fn, Stack, Tags } from 'aws-cdk-lib';
import { ExpectedResult } from '@aws-cdk/integ-tests-alpha';
import { AccountRecovery, Mfa, StringAttribute, UserPool, UserPoolOperation } from 'aws-cdk-lib/aws-cognito';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { CustomMessageSource, CustomMessageTrigger } from '../../lib';
import { COGNITO, inTurn, integ } from './support';

class ImportedPoolStack extends Stack {
  public readonly userPoolId: string;
  public readonly signUp: Function;
  public readonly messages: CustomMessageTrigger;

  public constructor(scope: Construct, id: string) {
    super(scope, id);
    const userPool = new UserPool(this, 'Pool', {
      passwordPolicy: { minLength: 14, requireSymbols: false },
      mfa: Mfa.OPTIONAL,
      mfaSecondFactor: { otp: true, sms: false },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      autoVerify: { email: true },
      selfSignUpEnabled: true,
      userVerification: { emailSubject: 'Blue Harbour: your code', emailBody: 'Here it is: {####}' },
      userInvitation: { emailSubject: 'Welcome', emailBody: '{username} {####}' },
      deviceTracking: { challengeRequiredOnNewDevice: true, deviceOnlyRememberedOnUserPrompt: false },
      customAttributes: { plan: new StringAttribute({ mutable: true, maxLen: 20 }) },
    });
    Tags.of(userPool).add('team', 'identity');
    this.userPoolId = userPool.userPoolId;
    this.signUp = new Function(this, 'SignUp', {
      runtime: Runtime.NODEJS_24_X,
      handler: 'index.handler',
      code: Code.fromInline('exports.handler = async (event) => event;'),
    });
    userPool.addTrigger(UserPoolOperation.PRE_SIGN_UP, this.signUp);

    // With an id that is put together when the stack is deployed, it might be anybody's pool.
    const userPoolId = Fn.select(1, Fn.split('/', userPool.userPoolArn));
    this.messages = new CustomMessageTrigger(this, 'Messages', {
      userPool: UserPool.fromUserPoolId(this, 'Imported', userPoolId),
    });
    this.messages.addTemplate(CustomMessageSource.SIGN_UP, { sms: 'Your code: {{code}}' });
    // It is another one with every edit of a bundle, which snapshots are not to tell.
    const attachment = this.messages.node.findChild('Attachment').node.defaultChild as CfnResource;
    attachment.addPropertyOverride('StackDigest', 'of the snapshot');
  }
}

integ(
  (app) => new ImportedPoolStack(app, 'IntegImportedPool'),
  ({ test }, { userPoolId, signUp, messages }) => {
    const attached = test.assertions.awsApiCall(COGNITO, 'DescribeUserPool', { UserPoolId: userPoolId }).expect(
      ExpectedResult.objectLike({
        UserPool: {
          LambdaConfig: { CustomMessage: messages.handler.functionArn, PreSignUp: signUp.functionArn },
          Policies: { PasswordPolicy: { MinimumLength: 14, RequireSymbols: false } },
          MfaConfiguration: 'OPTIONAL',
          AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'verified_email', Priority: 1 }] },
          AutoVerifiedAttributes: ['email'],
          AdminCreateUserConfig: {
            AllowAdminCreateUserOnly: false,
            InviteMessageTemplate: { EmailSubject: 'Welcome', EmailMessage: '{username} {####}' },
          },
          VerificationMessageTemplate: {
            DefaultEmailOption: 'CONFIRM_WITH_CODE',
            EmailSubject: 'Blue Harbour: your code',
            EmailMessage: 'Here it is: {####}',
          },
          DeviceConfiguration: { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: false },
          UserPoolTags: { team: 'identity' },
        },
      }),
    );
    // What SetUserPoolMfaConfig keeps for itself.
    const factors = test.assertions
      .awsApiCall(COGNITO, 'GetUserPoolMfaConfig', { UserPoolId: userPoolId })
      .expect(
        ExpectedResult.objectLike({ MfaConfiguration: 'OPTIONAL', SoftwareTokenMfaConfiguration: { Enabled: true } }),
      );
    inTurn([attached, factors]);
  },
);
