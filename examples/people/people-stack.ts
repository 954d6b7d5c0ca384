import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import { NumberAttribute, StringAttribute, UserPool } from 'aws-cdk-lib/aws-cognito';
import type { Construct } from 'constructs';
import { ContactVerification, SeedEngine, SeedSource, UserAttributesSeeder, UserSelector } from '../../lib';

export interface PeopleStackProps extends StackProps {
  /** The CSV file of a company's people, who have an account already. */
  readonly file: string;
  /** What the members of the group `testers` are on. */
  readonly testersPlan: string;
}

/** A pool whose users are as the company's directory has them, however many they are; and a rule for those of a group. */
export class PeopleStack extends Stack {
  public constructor(scope: Construct, id: string, props: PeopleStackProps) {
    super(scope, id, props);

    const userPool = new UserPool(this, 'Pool', {
      signInAliases: { username: true, email: true },
      customAttributes: {
        department: new StringAttribute({ mutable: true, maxLen: 40 }),
        desk: new NumberAttribute({ mutable: true, min: 1000, max: 9999 }),
        plan: new StringAttribute({ mutable: true, maxLen: 20 }),
      },
    });
    const testers = userPool.addGroup('Testers', { groupName: 'testers' });

    const engine = SeedEngine.stepFunctions();
    const people = new UserAttributesSeeder(this, 'People', {
      userPool,
      source: SeedSource.csv(props.file),
      // The directory has the right addresses: nobody is asked to confirm theirs.
      verification: ContactVerification.MARK_VERIFIED,
      requestsPerSecond: 20,
      engine,
    });
    new UserAttributesSeeder(this, 'TestersPlan', {
      userPool,
      source: SeedSource.existingUsers(UserSelector.inGroup(testers.groupName), {
        custom: { plan: props.testersPlan },
      }),
      engine,
    });

    new CfnOutput(this, 'ChangedUsers', { value: people.changedUsers });
    new CfnOutput(this, 'Report', { value: people.report! });
    new CfnOutput(this, 'Execution', { value: people.execution! });
    new CfnOutput(this, 'UserPoolId', { value: userPool.userPoolId });
  }
}
