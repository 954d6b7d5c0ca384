import { App, CfnResource, Stack } from 'aws-cdk-lib';

/** What CloudFormation Validate has to find. */
const stack = new Stack(new App(), 'Mistake');
new CfnResource(stack, 'Queue', { type: 'AWS::SQS::Queue', properties: { No: 1 } });
