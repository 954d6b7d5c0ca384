import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';

export interface CdkOptions {
  /** The app's command, as in cdk.json. */
  readonly app: string;
  /** Where the command runs. */
  readonly cwd: string;
  /** The whole environment of the CLI and the app: see MiniStack.env. */
  readonly env: NodeJS.ProcessEnv;
}

export interface CdkRun {
  readonly command: string;
  readonly exitCode: number;
  /** stdout and stderr in the order of arrival: the CLI spreads its events over both. */
  readonly output: string;
  readonly seconds: number;
}

export interface DeployOptions {
  readonly context?: Record<string, string>;
  readonly parameters?: Record<string, string>;
}

export interface DeployRun extends CdkRun {
  /** The stack outputs by stack name; empty when the deployment failed. */
  readonly outputs: Record<string, Record<string, string>>;
}

/** The real CDK CLI, one child process per command. A failing command is a result, not an exception. */
export class Cdk {
  private readonly cli = path.join(path.dirname(require.resolve('aws-cdk/package.json')), 'bin', 'cdk');
  private readonly work = mkdtempSync(path.join(tmpdir(), 'cdk-deploy-'));

  constructor(private readonly options: CdkOptions) {}

  async bootstrap(account: string, region: string): Promise<CdkRun> {
    // Away from the app's folder: a cdk.json would have the CLI synthesize an app that no bootstrap needs.
    return this.run(['bootstrap', `aws://${account}/${region}`], this.work);
  }

  async deploy(stack: string, options: DeployOptions = {}): Promise<DeployRun> {
    const outputsFile = path.join(this.work, 'outputs.json');
    rmSync(outputsFile, { force: true });
    const run = await this.run([
      'deploy',
      stack,
      ...this.appArguments(options.context),
      ...pairs('--parameters', options.parameters),
      '--require-approval=never',
      '--progress=events',
      `--outputs-file=${outputsFile}`,
    ]);
    const outputs = existsSync(outputsFile) ? JSON.parse(readFileSync(outputsFile, 'utf8')) : {};
    return { ...run, outputs };
  }

  async destroy(stack: string, options: Pick<DeployOptions, 'context'> = {}): Promise<CdkRun> {
    return this.run(['destroy', stack, ...this.appArguments(options.context), '--force']);
  }

  /** Removes the synthesized assemblies. */
  dispose(): void {
    rmSync(this.work, { recursive: true, force: true });
  }

  private appArguments(context?: Record<string, string>): string[] {
    return [`--app=${this.options.app}`, `--output=${path.join(this.work, 'cdk.out')}`, ...pairs('--context', context)];
  }

  private run(command: string[], cwd = this.options.cwd): Promise<CdkRun> {
    const args = [...command, '--no-notices', '--no-color', '--ci'];
    const started = process.hrtime.bigint();
    return new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [this.cli, ...args], {
        cwd,
        env: this.options.env,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let output = '';
      const keep = (chunk: string) => (output += chunk);
      child.stdout.setEncoding('utf8').on('data', keep);
      child.stderr.setEncoding('utf8').on('data', keep);
      child.once('error', reject);
      child.once('close', (code) =>
        resolve({
          command: `cdk ${command.join(' ')}`,
          exitCode: code ?? -1, // a signal ended it
          output,
          seconds: Number(process.hrtime.bigint() - started) / 1e9,
        }),
      );
    });
  }
}

function pairs(flag: string, values: Record<string, string> = {}): string[] {
  return Object.entries(values).flatMap(([name, value]) => [flag, `${name}=${value}`]);
}
