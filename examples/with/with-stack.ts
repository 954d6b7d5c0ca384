import { CfnOutput, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { ClientAttributes, StringAttribute, UserPool, UserPoolEmail } from 'aws-cdk-lib/aws-cognito';
import {
  ContactVerification,
  CustomMessageSource,
  CustomMessageTrigger,
  Invitation,
  MissingUsers,
  SeedSource,
  UserAttributesApi,
  UserAttributesEndpoint,
  UserAttributesSeeder,
  WritableAttribute,
} from 'cdk-cognito-user-attributes';
import type { Construct } from 'constructs';

export interface WithStackProps extends StackProps {
  readonly allowOrigins: string[];
}

/** Three users, messages in two languages, and an API for people's own attributes: what ../without does by hand. */
export class WithStack extends Stack {
  public constructor(scope: Construct, id: string, { allowOrigins, ...props }: WithStackProps) {
    super(scope, id, props);

    const userPool = new UserPool(this, 'Pool', {
      autoVerify: { email: true },
      keepOriginal: { email: true },
      customAttributes: { plan: new StringAttribute({ mutable: true, maxLen: 20 }) },
      email: UserPoolEmail.withSES({ fromEmail: 'welcome@example.com', sesRegion: 'eu-west-1' }),
    });
    const writes = new ClientAttributes().withStandardAttributes({ nickname: true, locale: true, email: true });
    const client = userPool.addClient('Page', {
      authFlows: { userPassword: true },
      disableOAuth: true,
      preventUserExistenceErrors: true,
      writeAttributes: writes,
      readAttributes: writes.withStandardAttributes({ emailVerified: true }),
    });

    new UserAttributesSeeder(this, 'Users', {
      userPool,
      source: SeedSource.inline([
        { username: 'alice', attributes: { givenName: 'Alice', email: 'alice@example.com', custom: { plan: 'gold' } } },
        { username: 'bob', attributes: { givenName: 'Bob', email: 'bob@example.com', locale: 'de-AT' } },
        {
          username: 'carol',
          attributes: { givenName: 'Carol', email: 'carol@example.com', custom: { plan: 'trial' } },
        },
      ]),
      verification: ContactVerification.MARK_VERIFIED,
      missingUsers: MissingUsers.create({ invitation: Invitation.email(), deleteWhenUndeclared: true }),
      removalPolicy: RemovalPolicy.DESTROY,
    });

    const messages = new CustomMessageTrigger(this, 'Messages', { userPool, defaultLocale: 'en' });
    messages.addTemplate(CustomMessageSource.ADMIN_CREATE_USER, {
      locale: 'en',
      subject: 'Welcome to Blue Harbour',
      html: '<p>Hello {{userAttributes.given_name}},</p><p>sign in as <b>{{username}}</b> with the password <b>{{code}}</b>.</p>',
    });
    messages.addTemplate(CustomMessageSource.ADMIN_CREATE_USER, {
      locale: 'de',
      subject: 'Willkommen bei Blue Harbour',
      html: '<p>Hallo {{userAttributes.given_name}},</p><p>melden Sie sich als <b>{{username}}</b> mit dem Passwort <b>{{code}}</b> an.</p>',
    });
    for (const source of [CustomMessageSource.UPDATE_USER_ATTRIBUTE, CustomMessageSource.VERIFY_USER_ATTRIBUTE]) {
      messages.addTemplate(source, {
        locale: 'en',
        subject: 'Confirm your new address',
        html: '<p>Hello {{userAttributes.given_name}},</p><p>your code is <b>{{code}}</b>.</p>',
      });
      messages.addTemplate(source, {
        locale: 'de',
        subject: 'Bestätigen Sie Ihre neue Adresse',
        html: '<p>Hallo {{userAttributes.given_name}},</p><p>Ihr Code ist <b>{{code}}</b>.</p>',
      });
    }

    const api = new UserAttributesApi(this, 'Profile', {
      userPool,
      userPoolClients: [client],
      writable: [
        WritableAttribute.of('nickname', { maxLength: 30 }),
        WritableAttribute.oneOf('locale', ['en', 'de']),
        WritableAttribute.of('email', { maxLength: 254 }),
      ],
      readable: ['nickname', 'locale', 'email', 'email_verified'],
      endpoint: UserAttributesEndpoint.create({ allowOrigins }),
    });

    new CfnOutput(this, 'AttributesUrl', { value: api.attributesUrl });
    new CfnOutput(this, 'ClientId', { value: client.userPoolClientId });
  }
}
