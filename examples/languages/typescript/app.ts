import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { StringAttribute, UserPool, UserPoolEmail } from 'aws-cdk-lib/aws-cognito';
import {
  ContactVerification,
  CustomMessageSource,
  CustomMessageTrigger,
  Invitation,
  MetadataKey,
  MissingUsers,
  SeedSource,
  UserAttributesApi,
  UserAttributesEndpoint,
  UserAttributesSeeder,
  WritableAttribute,
} from 'cdk-cognito-user-attributes';

const app = new App();
const stack = new Stack(app, 'People');
const userPool = new UserPool(stack, 'Pool', {
  autoVerify: { email: true },
  keepOriginal: { email: true },
  customAttributes: { plan: new StringAttribute({ mutable: true, maxLen: 20 }) },
  email: UserPoolEmail.withSES({ fromEmail: 'welcome@example.com', sesRegion: 'eu-west-1' }),
});
userPool.addGroup('Admins', { groupName: 'admins' });

const seeder = new UserAttributesSeeder(stack, 'Administrators', {
  userPool,
  source: SeedSource.inline([
    {
      username: 'alice',
      attributes: { givenName: 'Alice', email: 'alice@example.com', custom: { plan: 'gold' } },
      clientMetadata: { campaign: 'founders' },
      groups: ['admins'],
    },
    { username: 'bob', attributes: { email: 'bob@example.com', locale: 'de-AT' }, enabled: true },
  ]),
  verification: ContactVerification.MARK_VERIFIED,
  missingUsers: MissingUsers.create({ invitation: Invitation.email() }),
});

const messages = new CustomMessageTrigger(stack, 'Messages', {
  userPool,
  metadata: [MetadataKey.of('campaign', { maxLength: 40 })],
});
messages.addTemplate(CustomMessageSource.ADMIN_CREATE_USER, {
  subject: 'Welcome to Blue Harbour',
  html: '<p>Sign in as <b>{{username}}</b> with the password <b>{{code}}</b>.</p>',
});
messages.addTemplate(CustomMessageSource.ADMIN_CREATE_USER, {
  when: { campaign: 'founders' },
  subject: 'Welcome, founder',
  html: '<p>Your name is <b>{{username}}</b>, your password <b>{{code}}</b>.</p>',
});

const api = new UserAttributesApi(stack, 'Profile', {
  userPool,
  userPoolClients: [userPool.addClient('App')],
  writable: [
    WritableAttribute.of('nickname', { maxLength: 30 }),
    WritableAttribute.oneOf('locale', ['en', 'de-AT']),
    WritableAttribute.of('email'),
  ],
  endpoint: UserAttributesEndpoint.create({ allowOrigins: ['https://app.example.com'] }),
});

new CfnOutput(stack, 'AliceSub', { value: seeder.user('alice').sub });
new CfnOutput(stack, 'AttributesUrl', { value: api.attributesUrl });

app.synth();
