import { App, CfnOutput } from 'aws-cdk-lib';
import type { UserPool } from 'aws-cdk-lib/aws-cognito';
import { SelfServiceStack } from '../../examples/self-service/self-service-stack';

const app = new App();
const stack = new SelfServiceStack(app, 'SelfService', { allowOrigins: ['https://app.example.com'] });
new CfnOutput(stack, 'UserPoolId', { value: (stack.node.findChild('Pool') as UserPool).userPoolId });
