import { join } from 'node:path';
import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import { ClientAttributes, StringAttribute, UserPool, UserPoolEmail } from 'aws-cdk-lib/aws-cognito';
import type { Construct } from 'constructs';
import {
  CustomMessageTrigger,
  MessageTemplates,
  MetadataKey,
  UserAttributesApi,
  UserAttributesEndpoint,
  WritableAttribute,
} from '../../lib';
import { CAMPAIGNS, RULES } from './attributes';

export interface SelfServiceStackProps extends StackProps {
  /** Where the page is served: `https://app.example.com`. */
  readonly allowOrigins: string[];
}

/** A pool whose users change their own attributes on a page, and confirm a new address before it takes the old one's place. */
export class SelfServiceStack extends Stack {
  public constructor(scope: Construct, id: string, { allowOrigins, ...props }: SelfServiceStackProps) {
    super(scope, id, props);

    const userPool = new UserPool(this, 'Pool', {
      standardAttributes: { email: { required: true, mutable: true } },
      customAttributes: {
        theme: new StringAttribute({ mutable: true, maxLen: 10 }),
        tenant: new StringAttribute({ mutable: true, maxLen: 40 }),
      },
      autoVerify: { email: true, phone: true },
      keepOriginal: { email: true, phone: true },
      email: UserPoolEmail.withSES({ fromEmail: 'account@example.com', sesRegion: 'eu-west-1' }),
    });

    // The page's token opens Cognito's own API as well, where these lists are all that counts.
    const writes = new ClientAttributes()
      .withStandardAttributes({ givenName: true, nickname: true, locale: true, email: true, phoneNumber: true })
      .withCustomAttributes('theme');
    const userPoolClient = userPool.addClient('Page', {
      authFlows: { userPassword: true }, // SRP keeps the password from the wire; it takes a library, and this page has none
      disableOAuth: true,
      preventUserExistenceErrors: true,
      writeAttributes: writes,
      readAttributes: writes
        .withStandardAttributes({ emailVerified: true, phoneNumberVerified: true })
        .withCustomAttributes('tenant'),
    });

    const campaign = MetadataKey.oneOf('campaign', [...CAMPAIGNS]);
    new CustomMessageTrigger(this, 'Messages', {
      userPool,
      templates: MessageTemplates.fromDirectory(join(__dirname, 'messages'), {
        variants: { paperless: { when: { campaign: 'paperless' } } },
      }),
      // The last two are set by the API: who asks, and in which language the page is read.
      metadata: [campaign, MetadataKey.oneOf('source', ['self-service']), MetadataKey.of('locale', { maxLength: 35 })],
      localeKey: 'locale',
    });

    const api = new UserAttributesApi(this, 'Api', {
      userPool,
      userPoolClients: [userPoolClient],
      writable: [
        WritableAttribute.of('given_name', RULES.given_name),
        WritableAttribute.of('nickname', RULES.nickname),
        WritableAttribute.oneOf('locale', RULES.locale.values),
        WritableAttribute.of('email', RULES.email),
        WritableAttribute.of('phone_number', RULES.phone_number),
        WritableAttribute.oneOf('custom:theme', RULES['custom:theme'].values),
      ],
      readable: [...Object.keys(RULES), 'email_verified', 'phone_number_verified', 'custom:tenant'],
      metadata: [campaign],
      endpoint: UserAttributesEndpoint.create({ allowOrigins }),
    });

    // What the page's config.json takes.
    new CfnOutput(this, 'AttributesUrl', { value: api.attributesUrl });
    new CfnOutput(this, 'CognitoEndpoint', { value: `https://cognito-idp.${this.region}.${this.urlSuffix}` });
    new CfnOutput(this, 'ClientId', { value: userPoolClient.userPoolClientId });
  }
}
