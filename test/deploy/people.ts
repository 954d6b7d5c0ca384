import { strict as assert } from 'node:assert';
import type { LocalCognito } from '../support/local-cognito';
import { step } from '../support/steps';
import { declaredUsers, lineOf, peopleFile } from './people-file';
import { RunRecords } from './run-records';
import {
  failed,
  succeeded,
  type Surroundings,
  type SurroundingsOptions,
  tellingValues,
  type Users,
} from './surroundings';

const STACK = 'People';
const TESTERS = ['chidi', 'goran', 'vera'];
/** What the file says nothing of. */
const NICKNAME = 'Not of the file';

const usersAt = (fileStep: string): Users =>
  Object.fromEntries(
    Object.entries(declaredUsers(peopleFile(fileStep))).map(([username, attributes]) => [
      username,
      {
        nickname: NICKNAME,
        ...attributes,
        email_verified: 'true',
        ...(TESTERS.includes(username) && { 'custom:plan': 'early-access' }),
      },
    ]),
  );

const CREATED = usersAt('create');
const UPDATED = usersAt('update');

/** Gives the pool everybody's account, and a group with its members. */
const adopt = async (cognito: LocalCognito, id: string): Promise<void> => {
  await cognito.createPool({
    id,
    autoVerified: ['email'],
    customAttributes: { department: { max: 40 }, desk: { type: 'Number', min: 1000, max: 9999 }, plan: { max: 20 } },
  });
  await cognito.seedUsers(
    id,
    Object.keys(CREATED).map((username) => ({ username, attributes: { nickname: NICKNAME } })),
  );
  await cognito.createGroup(id, 'testers', TESTERS);
};

/** MiniStack calls every error Runtime.HandlerError: one that forbids another try is tried again, too, as others are. */
const ATTEMPTS = 7;

/** The report that CloudFormation names beside the reason. */
const reportOf = (reasons: string, because: RegExp): string => {
  const reason = reasons.split('\n').find((line) => because.test(line));
  assert.ok(reason, `${because} is among the reasons:\n${reasons}`);
  return /Report: (s3:\S+\.jsonl)/.exec(reason)![1];
};

/** As a run's logs name it. */
const prefixOf = (report: string): string => report.split('/').slice(3, -1).join('/');

export const PEOPLE: SurroundingsOptions = { stack: STACK, app: 'people-app.ts', adopt };

/** The example of a file and of a rule, on Step Functions. */
export const playPeople = async ({
  cognito,
  miniStack,
  cdk,
  deploy,
  users,
  writes,
  stackStatus,
  reasons,
}: Surroundings): Promise<void> => {
  const records = new RunRecords(miniStack);
  const values = tellingValues(CREATED, {
    later: { a: 'Castelli-Quint', b: 'n.fisher@', c: 'logistics', d: 'procurement' },
  });
  let report = '';
  let refusedReport = '';

  await step('people, create: the users are as file and rule say, and nobody is messaged', async () => {
    const { outputs } = succeeded(await deploy({ step: 'create' }));
    assert.deepEqual(await users(), CREATED);
    assert.deepEqual(writes().sort(), [...Object.keys(CREATED), ...TESTERS].sort());
    assert.deepEqual(cognito.deliveries, []);
    assert.equal(outputs[STACK].ChangedUsers, String(Object.keys(CREATED).length));
    assert.match(outputs[STACK].Execution, /^arn:aws:states:us-east-1:000000000000:execution:/);
    assert.equal(await records.read(outputs[STACK].Report), '', 'nobody failed');
  });

  await step('people, update: a changed row is one call', async () => {
    const { outputs } = succeeded(await deploy({ step: 'update' }));
    assert.deepEqual(await users(), UPDATED);
    assert.deepEqual(writes(), ['goran']);
    assert.equal(outputs[STACK].ChangedUsers, '1');
    report = outputs[STACK].Report;
    assert.equal(await records.read(report), '');
  });

  await step('people, failing update: CloudFormation goes back to the former file by another run', async () => {
    let refusals = 0;
    // The emulator knows no aliases, so its proxy gives Cognito's answer. The way back has the former address again.
    cognito.setFaults(({ operation, username }) =>
      operation === 'AdminUpdateUserAttributes' && username === 'nora' && refusals++ === 0
        ? { kind: 'error', type: 'AliasExistsException' }
        : undefined,
    );
    failed(await deploy({ step: 'failingUpdate' }));
    cognito.setFaults();
    assert.equal(await stackStatus(), 'UPDATE_ROLLBACK_COMPLETE');
    assert.deepEqual(await users(), UPDATED);
    assert.equal(writes().filter((username) => username === 'ada').length, 2, 'there and back');

    const because = new RegExp(`1 users? failed\\..*users\\.csv line ${lineOf('nora')}, nora: AliasExistsException`);
    refusedReport = reportOf(await reasons(), because);
    const [line, ...others] = (await records.read(refusedReport)).trimEnd().split('\n');
    assert.deepEqual(others, []);
    const { remedy, ...told } = JSON.parse(line) as Record<string, unknown>;
    assert.deepEqual(told, {
      status: 'Failed',
      user: 'nora',
      file: 'users.csv',
      line: lineOf('nora'),
      error: 'AliasExistsException',
      attributes: [],
    });
    assert.match(String(remedy), /another user has this alias/);
  });

  await step('people, a run that stops early: EventBridge asks for its report, and the way back works', async () => {
    let refusals = 0;
    cognito.setFaults(({ operation }) =>
      operation === 'AdminUpdateUserAttributes' && refusals++ < ATTEMPTS
        ? { kind: 'error', type: 'ResourceNotFoundException' }
        : undefined,
    );
    failed(await deploy({ step: 'stoppedUpdate' }));
    cognito.setFaults();
    assert.equal(await stackStatus(), 'UPDATE_ROLLBACK_COMPLETE');
    assert.deepEqual(await users(), UPDATED);
    assert.deepEqual(writes(), Array(ATTEMPTS + 1).fill('yara'));
    // CloudFormation may have asked before EventBridge has.
    const stoppedReport = reportOf(await reasons(), /Nobody can be changed: ResourceNotFoundException/);
    assert.equal(await records.read(stoppedReport), '', 'no user is to blame');
    const reports = (await miniStack.api.functionLogs()).filter((line) => line.includes('"message":"Report"'));
    assert.equal(reports.filter((line) => line.includes(prefixOf(stoppedReport))).length, 1);
  });

  await step('people: no log, no history and no object of a finished run holds a value', async () => {
    const logs = await miniStack.api.functionLogs();
    const histories = await records.histories();
    for (const part of ['waiter', 'RunsStateMachine', 'children']) {
      assert.ok(
        histories.some(({ stateMachine }) => stateMachine.includes(part)),
        `there are histories of ${part}`,
      );
    }
    const objects = Object.values(await records.objectsBeside(report));
    const told = [...logs, ...histories.map(({ text }) => text), ...objects, await reasons()];
    assert.deepEqual(
      told.filter((text) => values.some((value) => text.includes(value))),
      [],
    );
  });

  await step('people, destroy: the values and the reports stay', async () => {
    cognito.clearCalls();
    succeeded(await cdk.destroy(STACK, { context: { step: 'update' } }));
    assert.equal(await stackStatus(), undefined);
    assert.deepEqual(cognito.calls, []);
    assert.deepEqual(await users(), UPDATED);
    assert.notEqual(await records.read(refusedReport), '');
  });
  records.stop();
};
