import { strict as assert } from 'node:assert';
import path from 'node:path';
import type { CognitoCall } from '../support/cognito-faults';
import { type LocalCognito, startLocalCognito } from '../support/local-cognito';
import type { LocalServer } from '../support/http';
import { Cdk, type CdkRun, type DeployRun } from './cdk';
import { type MiniStack, startMiniStack } from './ministack';

/** Attributes by username. */
export type Users = Record<string, Record<string, string>>;

export interface SurroundingsOptions {
  readonly stack: string;
  /** The app's file, as seen from this one. */
  readonly app: string;
  /** Gives cognito-local the pool that CloudFormation has made, and the users who have an account already. */
  readonly adopt: (cognito: LocalCognito, userPoolId: string, miniStack: MiniStack) => Promise<void>;
  /** What stands before cognito-local. @default - nothing */
  readonly front?: (cognito: LocalCognito, miniStack: () => MiniStack) => Promise<LocalServer>;
}

/** A stack's own AWS: MiniStack, whose Lambdas find their Cognito in cognito-local. */
export interface Surroundings {
  readonly cognito: LocalCognito;
  readonly miniStack: MiniStack;
  readonly cdk: Cdk;
  /** Deploys the stack, and forgets what was called and sent before. */
  deploy(context: Record<string, string>): Promise<DeployRun>;
  /** Attributes by username, without `sub`. */
  users(): Promise<Users>;
  /** Who was written to since the deployment began, by as many calls. */
  writes(): (string | undefined)[];
  stackStatus(): Promise<string | undefined>;
  /** What CloudFormation says of all that has failed. */
  reasons(): Promise<string>;
}

export const within = async (
  { stack, app, adopt, front }: SurroundingsOptions,
  play: (surroundings: Surroundings) => Promise<void>,
): Promise<void> => {
  const cleanUp: (() => unknown)[] = [];
  try {
    let miniStack: MiniStack | undefined;
    let pool: Promise<string> | undefined;
    const adopted = async (id: string): Promise<string> => {
      await adopt(cognito, id, miniStack!);
      return id;
    };
    // CloudFormation makes the pool in MiniStack. Cognito's calls go to cognito-local, which hears of it with the first.
    const beforeCall = async ({ userPoolId = '' }: CognitoCall): Promise<void> => {
      await (pool ??= adopted(userPoolId));
    };
    const cognito = await startLocalCognito({ beforeCall });
    cleanUp.push(() => cognito.stop());
    const before = await front?.(cognito, () => miniStack!);
    if (before) cleanUp.push(() => before.stop());
    const running = (miniStack = await startMiniStack({ cognitoEndpoint: (before ?? cognito).endpoint }));
    cleanUp.push(() => running.stop());
    const cdk = new Cdk({
      app: `npx tsx --tsconfig test/tsconfig.json ${path.join('test/deploy', app)}`,
      cwd: path.join(__dirname, '../..'),
      env: running.env,
    });
    cleanUp.push(() => cdk.dispose());
    succeeded(await cdk.bootstrap(running.account, running.region));

    await play({
      cognito,
      miniStack: running,
      cdk,
      deploy: (context) => {
        cognito.clearCalls();
        cognito.clearDeliveries();
        return cdk.deploy(stack, { context });
      },
      users: async () =>
        Object.fromEntries(
          (await cognito.users(await pool!)).map(({ username, attributes }) => [username, { ...attributes }]),
        ),
      writes: () =>
        cognito.calls
          .filter(({ operation }) => /^Admin(Update|Delete)/.test(operation))
          .map(({ username }) => username),
      stackStatus: () => running.api.stackStatus(stack),
      reasons: async () => (await running.api.stackEvents(stack)).map(({ reason }) => reason ?? '').join('\n'),
    });
  } finally {
    for (const end of cleanUp.reverse()) await end();
  }
};

export const succeeded = <T extends CdkRun>(run: T): T => {
  assert.equal(run.exitCode, 0, `${run.command} failed:\n${run.output}`);
  return run;
};

export const failed = <T extends CdkRun>(run: T): T => {
  assert.notEqual(run.exitCode, 0, `${run.command} succeeded, and should have failed:\n${run.output}`);
  return run;
};

/** The values that nobody may find in a log, less those that may well stand there for another reason. */
export const tellingValues = (...some: Users[]): string[] => [
  ...new Set(
    some
      .flatMap((users) => Object.values(users).flatMap((attributes) => Object.values(attributes)))
      .filter((value) => value.length > 3 && !/^(true|false|\d+)$/.test(value)),
  ),
];
