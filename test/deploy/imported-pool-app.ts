import { App, CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { Role } from 'aws-cdk-lib/aws-iam';
import {
  ContactVerification,
  CustomMessageSource,
  CustomMessageTrigger,
  type ImportedPoolOptions,
  MetadataKey,
  SeedSource,
  type SeedUser,
  UserAttributesSeeder,
} from '../../lib';

const PEOPLE = 'us-east-1_people';
const TAKEN = 'us-east-1_taken';
const WATCHED = 'us-east-1_watched';

interface Step {
  readonly pool: string;
  readonly options?: ImportedPoolOptions;
  readonly bobsEmail?: string;
  readonly subject?: string;
  /** Has another resource fail when the trigger has been attached. */
  readonly fails?: boolean;
}

const bobsEmail = 'bob@new.example.com';
const displaceExisting = true;

/** What the author of messages for others' pools deploys over time. */
const STEPS: Record<string, Step> = {
  refused: { pool: TAKEN },
  create: { pool: PEOPLE },
  update: { pool: PEOPLE, bobsEmail },
  wiped: { pool: PEOPLE, bobsEmail, subject: 'Your new address at Blue Harbour' },
  refusedMove: { pool: TAKEN, bobsEmail },
  failingMove: { pool: TAKEN, bobsEmail, options: { displaceExisting }, fails: true },
  move: { pool: TAKEN, bobsEmail, options: { displaceExisting } },
};

const app = new App();
const smsRole = (stack: Stack) => Role.fromRoleArn(stack, 'SmsRole', 'arn:aws:iam::000000000000:role/sms');

// Another stack, which nobody deploys again while its trigger is looked after by a schedule.
const watched = new Stack(app, 'WatchedPool');
const lookedAfter = new CustomMessageTrigger(watched, 'Messages', {
  userPool: UserPool.fromUserPoolId(watched, 'Pool', WATCHED),
  importedPool: { smsRole: smsRole(watched), checkEvery: Duration.minutes(1) },
});
lookedAfter.addTemplate(CustomMessageSource.UPDATE_USER_ATTRIBUTE, {
  subject: 'Looked after',
  html: '<p>{{code}}</p>',
});
new CfnOutput(watched, 'FunctionArn', { value: lookedAfter.handler.functionArn });

const { pool, options, bobsEmail: email, subject, fails } = STEPS[app.node.getContext('step') as string];
const stack = new Stack(app, 'ImportedPool');
const people = UserPool.fromUserPoolId(stack, 'People', PEOPLE);

const messages = new CustomMessageTrigger(stack, 'Messages', {
  userPool: pool === PEOPLE ? people : UserPool.fromUserPoolId(stack, 'Taken', pool),
  metadata: [MetadataKey.oneOf('campaign', ['spring'])],
  importedPool: { smsRole: smsRole(stack), ...options },
});
messages.addTemplate(CustomMessageSource.UPDATE_USER_ATTRIBUTE, {
  subject: subject ?? 'Your new address',
  html: '<p>Your code: <b>{{code}}</b></p>',
});
messages.addTemplate(CustomMessageSource.UPDATE_USER_ATTRIBUTE, {
  when: { campaign: 'spring' },
  subject: 'Spring at Blue Harbour',
  html: '<p>Spring code: <b>{{code}}</b></p>',
});
messages.addTemplate(CustomMessageSource.UPDATE_USER_ATTRIBUTE, {
  locale: 'de',
  subject: 'Ihre neue Adresse',
  html: '<p>Ihr Code: <b>{{code}}</b></p>',
});

const seeder = (id: string, users: SeedUser[]) => {
  const created = new UserAttributesSeeder(stack, id, {
    userPool: people,
    source: SeedSource.inline(users),
    verification: ContactVerification.SEND_MESSAGE,
  });
  created.node.addDependency(messages);
};
if (email) seeder('Bob', [{ username: 'bob', attributes: { email } }]);
if (fails) seeder('Failing', [{ username: 'nobody', attributes: { nickname: 'Nobody' } }]);

new CfnOutput(stack, 'FunctionArn', { value: messages.handler.functionArn });
