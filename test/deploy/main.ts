/**
 * The example stacks through the real CDK CLI: onto MiniStack, whose Lambdas find their Cognito in cognito-local. The pool is
 * read back after every step. docs/testing.md tells what this does not prove.
 */
import { beside, play, step } from '../support/steps';
import { IMPORTED_POOL, playImportedPool } from './imported-pool';
import { LANGUAGES, playLanguages } from './languages';
import { installMiniStack } from './ministack';
import { PEOPLE, playPeople } from './people';
import { PLATFORM, playPlatform } from './platform';
import { playSelfService, SELF_SERVICE } from './self-service';
import { within } from './surroundings';
import { playTenants, TENANTS } from './tenants';
import { playTestUsers, TEST_USERS } from './test-users';
import { playWith, WITH } from './with';

const LIVES = [
  () => within(IMPORTED_POOL, playImportedPool),
  () => within(PEOPLE, playPeople),
  () => within(TENANTS, playTenants),
  () => within(TEST_USERS, playTestUsers),
  () => within(SELF_SERVICE, playSelfService),
  () => within(LANGUAGES, playLanguages),
  () => within(PLATFORM, playPlatform),
  () => within(WITH, playWith),
];

void play(async () => {
  await step('MiniStack is installed', installMiniStack);
  // Most of the time, the CLI waits until it asks again; each has a MiniStack and a cognito-local of its own.
  await beside(LIVES);
});
