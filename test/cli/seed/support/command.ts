/** The command as it is shipped, in a process of its own. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import type { LocalCognito } from '../../../support/local-cognito';

const COMMAND = path.join(__dirname, '../../../../bin/cdk-cognito-seed.js');

export interface Answer {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const ENVIRONMENT = {
  PATH: process.env.PATH,
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
  AWS_REGION: 'us-east-1',
};

export interface CommandOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
}

export const run = async (
  args: readonly string[],
  { cwd, env = ENVIRONMENT }: CommandOptions = {},
): Promise<Answer> => {
  const child = spawn(process.execPath, [COMMAND, ...args], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const status = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { status, stdout, stderr };
};

/** Plans against an emulator's pool. */
export const planner =
  (cognito: LocalCognito, pool: () => string) =>
  (args: readonly string[], options?: CommandOptions): Promise<Answer> =>
    run(['plan', '--endpoint-url', cognito.endpoint, '--user-pool-id', pool(), ...args], options);
