import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { LambdaEnvironment } from './lambda-environment';
import type { InvokeResult } from './lambda-environment';

export type { FunctionError, InvokeResult } from './lambda-environment';

export interface LambdaRunnerOptions {
  /** An `index.js` that exports `handler`. */
  readonly bundle: string;
  /** The name under which the bundle exports it. @default handler */
  readonly handler?: string;
  /** All the handler sees of this machine, besides what Lambda itself sets and PATH. @default {} */
  readonly env?: Readonly<Record<string, string>>;
  /** @default 3 - as Lambda */
  readonly timeoutSeconds?: number;
  /** @default 128 - as Lambda */
  readonly memoryMb?: number;
  /** @default function */
  readonly functionName?: string;
}

/** Runs a bundled handler as Lambda does: a fresh process per cold start, kept warm, one event at a time in each. */
export class LambdaRunner {
  /** What the handler wrote to stdout and stderr, by line, complete once `invoke` has returned. */
  readonly logs: string[] = [];
  coldStarts = 0;

  private readonly environments = new Set<LambdaEnvironment>();
  private readonly idle: LambdaEnvironment[] = [];

  constructor(private readonly options: LambdaRunnerOptions) {}

  async invoke(event: unknown): Promise<InvokeResult> {
    const environment = this.warmEnvironment() ?? this.coldStart();
    const result = await environment.invoke(
      randomUUID(),
      JSON.stringify(event) ?? 'null',
      this.options.timeoutSeconds ?? 3,
    );
    if (environment.alive) this.idle.push(environment);
    return result;
  }

  /** SIGKILLs every environment; whatever is under way fails with `Runtime.ExitError`, the next event starts cold. */
  kill(): void {
    for (const environment of this.environments) environment.kill();
    this.idle.length = 0;
  }

  /** Ends every process and waits for it: without this, jest does not exit. */
  async stop(): Promise<void> {
    this.idle.length = 0;
    await Promise.all([...this.environments].map((environment) => environment.stop()));
    this.environments.clear();
  }

  private warmEnvironment(): LambdaEnvironment | undefined {
    let environment = this.idle.pop();
    while (environment && !environment.alive) environment = this.idle.pop();
    return environment;
  }

  private coldStart(): LambdaEnvironment {
    this.coldStarts += 1;
    const environment = new LambdaEnvironment({
      bundle: path.resolve(this.options.bundle),
      variables: this.variables(),
      memoryMb: this.options.memoryMb ?? 128,
      log: (line) => this.logs.push(line),
    });
    this.environments.add(environment);
    return environment;
  }

  /** Lambda's reserved variables; credentials that open nothing. */
  private variables(): Record<string, string> {
    const name = this.options.functionName ?? 'function';
    return {
      PATH: process.env.PATH ?? '',
      TZ: ':UTC',
      LANG: 'en_US.UTF-8',
      AWS_REGION: 'us-east-1',
      AWS_DEFAULT_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
      AWS_SESSION_TOKEN: 'local',
      // Deployed, the handlers run on a newer Node than may run these tests.
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
      AWS_LAMBDA_FUNCTION_NAME: name,
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(this.options.memoryMb ?? 128),
      AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
      AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
      AWS_LAMBDA_LOG_STREAM_NAME: 'local',
      LAMBDA_TASK_ROOT: path.dirname(path.resolve(this.options.bundle)),
      _HANDLER: `index.${this.options.handler ?? 'handler'}`,
      ...this.options.env,
    };
  }
}
