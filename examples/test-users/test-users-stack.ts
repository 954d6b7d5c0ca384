import { CfnOutput, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { StringAttribute, UserPool } from 'aws-cdk-lib/aws-cognito';
import type { Construct } from 'constructs';
import {
  ContactVerification,
  FormerValues,
  MissingUsers,
  SeedSource,
  type SeedUser,
  UserAttributesSeeder,
} from '../../lib';

export interface TestUsersStackProps extends StackProps {
  readonly users: SeedUser[];
}

/** Users to sign in as, in every environment: they come with the stack, and go with it. */
export class TestUsersStack extends Stack {
  public readonly userPool: UserPool;
  public readonly seeder: UserAttributesSeeder;

  public constructor(scope: Construct, id: string, { users, ...props }: TestUsersStackProps) {
    super(scope, id, props);

    this.userPool = new UserPool(this, 'Pool', {
      signInAliases: { username: true, email: true },
      customAttributes: { plan: new StringAttribute({ mutable: false, maxLen: 20 }) },
    });
    this.userPool.addGroup('Admins', { groupName: 'admins' });

    this.seeder = new UserAttributesSeeder(this, 'TestUsers', {
      userPool: this.userPool,
      source: SeedSource.inline(users),
      verification: ContactVerification.MARK_VERIFIED,
      missingUsers: MissingUsers.create({ deleteWhenUndeclared: true }),
      // A deployment that fails leaves no trace, and neither does a stack that goes (but for its bucket, which others may share).
      formerValues: FormerValues.RESTORE,
      removalPolicy: RemovalPolicy.DESTROY,
    });

    // What a canary or a test needs to sign in.
    const alice = this.seeder.user('alice');
    new CfnOutput(this, 'AliceSub', { value: alice.sub });
    new CfnOutput(this, 'AliceSecret', { value: alice.secret!.secretArn });
    new CfnOutput(this, 'CreatedUsers', { value: this.seeder.createdUsers });
    new CfnOutput(this, 'UserPoolId', { value: this.userPool.userPoolId });
  }
}
