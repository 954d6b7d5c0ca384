/** The people of a CSV file, created and seeded on Step Functions. */
import { join } from 'node:path';
import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { ExpectedResult } from '@aws-cdk/integ-tests-alpha';
import { NumberAttribute, StringAttribute, UserPool } from 'aws-cdk-lib/aws-cognito';
import { BlockPublicAccess, Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import {
  ContactVerification,
  MissingUsers,
  SeedEngine,
  SeedSource,
  UserAttributesSeeder,
  UserPassword,
} from '../../lib';
import { inTurn, integ, mailbox } from './support';

class PeopleStack extends Stack {
  public readonly userPool: UserPool;
  public readonly seeder: UserAttributesSeeder;

  public constructor(scope: Construct, id: string) {
    super(scope, id);
    this.userPool = new UserPool(this, 'Pool', {
      customAttributes: {
        department: new StringAttribute({ mutable: true, maxLen: 40 }),
        desk: new NumberAttribute({ mutable: true, min: 1000, max: 9999 }),
      },
    });
    // The library's own would stay.
    const bucket = new Bucket(this, 'Bucket', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      removalPolicy: RemovalPolicy.DESTROY,
      autoDeleteObjects: true,
    });
    this.seeder = new UserAttributesSeeder(this, 'People', {
      userPool: this.userPool,
      source: SeedSource.csv(join(__dirname, 'people.csv')),
      verification: ContactVerification.MARK_VERIFIED,
      missingUsers: MissingUsers.create({ password: UserPassword.random(), deleteWhenUndeclared: true }),
      engine: SeedEngine.stepFunctions({ bucket }),
      removalPolicy: RemovalPolicy.DESTROY,
    });
  }
}

integ(
  (app) => new PeopleStack(app, 'IntegPeople'),
  ({ test, userHas }, { userPool: { userPoolId }, seeder }) => {
    const ran = test.assertions
      .awsApiCall('sfn', 'DescribeExecution', { executionArn: seeder.execution })
      .expect(ExpectedResult.objectLike({ status: 'SUCCEEDED' }));
    inTurn([
      ran,
      ...userHas(userPoolId, 'ada', {
        given_name: 'Ada',
        email: mailbox('ada'),
        email_verified: 'true',
        'custom:department': 'sales',
        'custom:desk': '1000',
      }),
      ...userHas(userPoolId, 'chidi', { given_name: 'Chidi', 'custom:desk': '1014' }),
    ]);
  },
);
