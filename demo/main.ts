/**
 * A whole life of the example stack, on an embedded Cognito: create, update, a failing update and its rollback, removal. The
 * custom resource's properties and both handlers come out of the cloud assembly, as a deployment would take them.
 *
 * Exits with 1 where a user is not as declared, or a value of an attribute is in a log.
 */
import assert from 'node:assert/strict';
import pc from 'picocolors';
import { administrators } from '../examples/tenants/administrators';
import { TenantsStack } from '../examples/tenants/tenants-stack';
import type { SeedUser, UserAttributes } from '../lib';
import { type Assembly, synthesize } from '../test/support/assembly';
import { type Answer, CustomResource } from '../test/support/custom-resource';
import { type LocalCognito, startLocalCognito } from '../test/support/local-cognito';
import { playPeople } from './people';
import { playSelfService } from './self-service/scene';
import { playTestUsers } from './test-users';
import { headline, sentence, showCalls, showMessages, showUsers, type Users } from './show';

/** As the accounts are before the stack: carol has a nickname, and dave is nobody's business here. */
const ACCOUNTS: Users = {
  alice: { given_name: 'Alicia', 'custom:seats': '3' },
  bob: { given_name: 'Bob' },
  carol: { nickname: 'Caz', website: 'https://carol.example.com' },
  dave: { given_name: 'Dave', preferred_username: 'blue-desk' },
};

const [ALICE, BOB, CAROL] = administrators;
const withAttributes = (user: SeedUser, attributes: UserAttributes): SeedUser => ({
  ...user,
  attributes: { ...user.attributes, ...attributes, custom: { ...user.attributes?.custom, ...attributes.custom } },
});

const DECLARED: Users = {
  alice: {
    given_name: 'Alice',
    email: 'alice@blue.example.com',
    email_verified: 'false',
    locale: 'en-GB',
    'custom:tenant': 'blue',
    'custom:seats': '25',
  },
  bob: { given_name: 'Bob', family_name: 'Braun', 'custom:tenant': 'green', 'custom:seats': '5' },
  carol: { given_name: 'Carol', website: 'https://carol.example.com', 'custom:tenant': 'blue' },
  dave: ACCOUNTS.dave,
};

const assemblyOf = (users: SeedUser[]): Assembly =>
  synthesize((app) => new TenantsStack(app, 'Tenants', { administrators: users }));

const main = async (): Promise<void> => {
  const bobWithSeats = withAttributes(BOB, { custom: { seats: '50' } });
  const assemblies = {
    first: assemblyOf(administrators),
    moreSeats: assemblyOf([ALICE, bobWithSeats, CAROL]),
    nameTaken: assemblyOf([
      withAttributes(ALICE, { email: 'alice@new.example.com' }),
      withAttributes(bobWithSeats, { familyName: 'Brown' }),
      withAttributes(CAROL, { preferredUsername: 'blue-desk' }),
    ]),
  };
  const cognito = await startLocalCognito();
  const seeder = assemblies.first.runProvider({ AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: cognito.endpoint });
  const messages = assemblies.first.runCustomMessage();
  try {
    cognito.setCustomMessage(messages);
    const pool = await cognito.createPool(assemblies.first.pool);
    await cognito.seedUsers(
      pool,
      Object.entries(ACCOUNTS).map(([username, attributes]) => ({ username, attributes })),
    );
    const play = player(cognito, pool);
    const life = new CustomResource(seeder);
    const properties = (assembly: Assembly) => assembly.propertiesOf('Custom::CognitoUserAttributes', pool);

    await play(
      '1  Create: three administrators are declared',
      () => life.create(properties(assemblies.first)),
      DECLARED,
    );

    const moreSeats = { ...DECLARED, bob: { ...DECLARED.bob, 'custom:seats': '50' } };
    await play(
      '2  Update: bob’s tenant gets more seats',
      () => life.update(properties(assemblies.moreSeats)),
      moreSeats,
    );

    // The emulator knows no aliases, so its proxy gives Cognito's answer.
    cognito.setFaults(({ attributeNames }) =>
      attributeNames.includes('preferred_username') ? { kind: 'error', type: 'AliasExistsException' } : undefined,
    );
    await play(
      '3  Update that fails: bob changes, and carol wants a name that dave has (alice would be messaged: not yet)',
      () =>
        life.update(properties(assemblies.nameTaken), () => {
          showCalls(cognito.calls);
          cognito.clearCalls();
          sentence('and the rollback of CloudFormation, an update to the former declaration:');
        }),
      moreSeats,
      'fails',
    );
    cognito.setFaults();

    await play('4  Delete: the stack goes, and the values stay (RemovalPolicy.RETAIN)', () => life.remove(), moreSeats);

    const logs = [
      ...seeder.logs,
      ...messages.logs,
      ...(await playPeople(cognito)),
      ...(await playTestUsers()),
      ...(await playSelfService()),
    ];
    expectNoValues(logs, [ACCOUNTS, DECLARED, { failed: { email: 'alice@new.example.com', family_name: 'Brown' } }]);
    headline(`Every user was as declared at every step, and none of ${logs.length} lines of log holds a value.`);
  } finally {
    await Promise.all([seeder.stop(), messages.stop()]);
    await cognito.stop();
    for (const assembly of Object.values(assemblies)) assembly.remove();
  }
};

const player =
  (cognito: LocalCognito, pool: string) =>
  async (title: string, deploy: () => Promise<Answer>, expected: Users, ending: 'succeeds' | 'fails' = 'succeeds') => {
    const before = await usersOf(cognito, pool);
    cognito.clearCalls();
    cognito.clearDeliveries();
    headline(title);
    const { failed, data } = await deploy();
    const after = await usersOf(cognito, pool);
    showCalls(cognito.calls);
    showUsers(before, after);
    showMessages(cognito.deliveries);
    if (failed !== undefined) sentence(`${pc.red('CloudFormation is told:')} ${failed}`);
    else sentence(`Changed ${data.ChangedUsers}, unchanged ${data.UnchangedUsers}, skipped ${data.SkippedUsers}.`);
    assert.equal(failed === undefined ? 'succeeds' : 'fails', ending, failed);
    assert.deepEqual(after, expected, 'the users are not as declared');
  };

const usersOf = async (cognito: LocalCognito, pool: string): Promise<Users> =>
  Object.fromEntries((await cognito.users(pool)).map(({ username, attributes }) => [username, { ...attributes }]));

/** Values of three characters and less are in every log by chance. */
const expectNoValues = (logs: string[], users: Users[]): void => {
  const values = users.flatMap((some) => Object.values(some).flatMap((attributes) => Object.values(attributes)));
  const telling = values.filter((value) => value.length > 3 && !['true', 'false'].includes(value));
  for (const value of telling) assert(!logs.some((line) => line.includes(value)), 'a value is in a log');
};

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
