import { Duration } from 'aws-cdk-lib';
import {
  ClientAttributes,
  type IUserPool,
  Mfa,
  UserPool,
  type UserPoolClient,
  UserPoolEmail,
} from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import {
  ContactVerification,
  CustomMessageSource,
  CustomMessageTrigger,
  Invitation,
  MissingUsers,
  SeedSource,
  type SeedUser,
  UserAttributesApi,
  UserAttributesEndpoint,
  UserAttributesSeeder,
  WritableAttribute,
} from '../../lib';

export interface CompanyUserPoolProps {
  /** The product, as its users know it. */
  readonly product: string;
  /** Who administers it: they are invited, and belong to the group `admins`. */
  readonly administrators: SeedUser[];
  /** Where people edit themselves: `https://account.example.com`. */
  readonly pageOrigin: string;
}

/** What a platform team gives its product teams: a pool by the company's rules, in its words, with its administrators in it. */
export class CompanyUserPool extends Construct {
  public readonly userPool: IUserPool;
  public readonly userPoolClient: UserPoolClient;
  /** Where people read and change their own attributes. */
  public readonly attributesUrl: string;

  public constructor(scope: Construct, id: string, { product, administrators, pageOrigin }: CompanyUserPoolProps) {
    super(scope, id);

    const userPool = new UserPool(this, 'Pool', {
      selfSignUpEnabled: false,
      signInCaseSensitive: false,
      standardAttributes: { email: { required: true, mutable: true } },
      autoVerify: { email: true },
      keepOriginal: { email: true },
      mfa: Mfa.OPTIONAL,
      mfaSecondFactor: { otp: true, sms: false },
      passwordPolicy: { minLength: 14, tempPasswordValidity: Duration.days(3) },
      email: UserPoolEmail.withSES({ fromEmail: 'identity@example.com', sesRegion: 'eu-west-1' }),
    });
    userPool.addGroup('Admins', { groupName: 'admins' });
    const writes = new ClientAttributes().withStandardAttributes({ email: true, locale: true, nickname: true });
    this.userPoolClient = userPool.addClient('Page', {
      disableOAuth: true,
      preventUserExistenceErrors: true,
      writeAttributes: writes,
      readAttributes: writes.withStandardAttributes({ emailVerified: true }),
    });
    this.userPool = userPool;

    const messages = new CustomMessageTrigger(this, 'Messages', { userPool, defaultLocale: 'en' });
    messages.addTemplate(CustomMessageSource.ADMIN_CREATE_USER, {
      locale: 'en',
      subject: `Welcome to ${product}`,
      html: '<p>Your user name is {{username}}, your first password {{code}}.</p>',
    });
    messages.addTemplate(CustomMessageSource.ADMIN_CREATE_USER, {
      locale: 'de',
      subject: `Willkommen bei ${product}`,
      html: '<p>Ihr Benutzername ist {{username}}, Ihr erstes Passwort {{code}}.</p>',
    });
    messages.addTemplate(CustomMessageSource.UPDATE_USER_ATTRIBUTE, {
      locale: 'en',
      subject: `Your new address at ${product}`,
      html: '<p>Confirm it with {{code}}.</p>',
    });
    messages.addTemplate(CustomMessageSource.UPDATE_USER_ATTRIBUTE, {
      locale: 'de',
      subject: `Ihre neue Adresse bei ${product}`,
      html: '<p>Bestätigen Sie sie mit {{code}}.</p>',
    });

    new UserAttributesSeeder(this, 'Administrators', {
      userPool,
      source: SeedSource.inline(administrators.map((user) => ({ ...user, groups: ['admins'] }))),
      verification: ContactVerification.MARK_VERIFIED,
      missingUsers: MissingUsers.create({ invitation: Invitation.email() }),
    });

    this.attributesUrl = new UserAttributesApi(this, 'Api', {
      userPool,
      userPoolClients: [this.userPoolClient],
      writable: [
        WritableAttribute.of('email'),
        WritableAttribute.of('nickname', { maxLength: 60 }),
        WritableAttribute.oneOf('locale', ['en', 'de']),
      ],
      endpoint: UserAttributesEndpoint.create({ allowOrigins: [pageOrigin] }),
    }).attributesUrl;
  }
}
