import { App } from 'aws-cdk-lib';
import { TestUsersStack } from './test-users-stack';
import { users } from './users';

const app = new App();
new TestUsersStack(app, 'TestUsers', { users });
