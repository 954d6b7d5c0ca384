/**
 * The example stacks through the real CDK CLI: onto MiniStack, whose Lambdas find their Cognito in cognito-local. The pool is
 * read back after every step. docs/testing.md tells what this does not prove.
 */
import { play } from '../support/steps';
import { PEOPLE, playPeople } from './people';
import { playSelfService, SELF_SERVICE } from './self-service';
import { within } from './surroundings';
import { playTenants, TENANTS } from './tenants';
import { playTestUsers, TEST_USERS } from './test-users';

void play(async () => {
  await within(TENANTS, playTenants);
  await within(PEOPLE, playPeople);
  await within(TEST_USERS, playTestUsers);
  await within(SELF_SERVICE, playSelfService);
});
