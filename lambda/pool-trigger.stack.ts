/** What is loaded only where an update is refused: the client of CloudFormation. */
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { isRollingBack as isStackRollingBack } from './seeder/stack-status';

const client = new CloudFormationClient({});

export const isRollingBack = (stackId: string) => isStackRollingBack(client, stackId);
