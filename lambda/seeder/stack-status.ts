import { type CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';

/**
 * Whether CloudFormation is on its way back, so that a removal is a creation undone, and an update an update undone. Its requests
 * look the same either way.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html
 *
 * @returns false where it cannot be known
 */
export const isRollingBack = async (client: Pick<CloudFormationClient, 'send'>, stackId: string): Promise<boolean> => {
  try {
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: stackId }));
    return Stacks.some(({ StackStatus = '' }) => StackStatus.includes('ROLLBACK'));
  } catch {
    return false;
  }
};
