import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { Readable } from 'node:stream';

/** An error as Lambda's Node runtime reports it. */
export interface FunctionError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: string[];
}

export type InvokeResult =
  | { readonly payload: unknown; readonly functionError?: undefined }
  | { readonly payload?: undefined; readonly functionError: FunctionError };

export interface EnvironmentOptions {
  readonly bundle: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly memoryMb: number;
  readonly log: (line: string) => void;
}

type Message = {
  readonly ready?: boolean;
  readonly initError?: FunctionError;
  readonly id?: string;
  readonly payload?: string;
  readonly functionError?: FunctionError;
  /** The process is about to exit. */
  readonly crashed?: boolean;
};

const BOOTSTRAP = path.join(__dirname, 'lambda-bootstrap.js');

/** Splits a stream into log lines, and tells when it reached the end of an invocation's output. */
const follow = (stream: Readable, log: (line: string) => void, ended: (id: string) => void): void => {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const [text, id] = line.split('\0END ');
      if (text || id === undefined) log(text);
      if (id !== undefined) ended(id);
    }
  });
  stream.on('end', () => rest && log(rest));
};

/** One execution environment: a process that serves one event at a time until it dies. */
export class LambdaEnvironment {
  private readonly child: ChildProcess;
  private readonly closed: Promise<void>;
  private readonly started: Promise<FunctionError | undefined>;
  private finish?: (result: InvokeResult) => void;
  private pending = { id: '', streams: 0, result: undefined as InvokeResult | undefined };
  private timedOut?: string;
  private dead = false;

  constructor(options: EnvironmentOptions) {
    this.child = fork(BOOTSTRAP, [options.bundle, String(options.memoryMb)], {
      cwd: path.dirname(options.bundle),
      env: options.variables,
      execArgv: [`--max-old-space-size=${options.memoryMb}`], // nothing of the parent's own, such as tsx's loader
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    for (const stream of [this.child.stdout!, this.child.stderr!])
      follow(stream, options.log, (id) => this.settle(id, { streams: 1 }));
    this.started = new Promise((resolve) => {
      this.child.on('message', (message: Message) => {
        this.dead ||= message.crashed ?? false;
        if (message.ready) resolve(undefined);
        else if (message.initError) resolve(message.initError);
        else if (message.id !== undefined) this.settle(message.id, { result: resultOf(message) });
      });
      this.child.once('close', () => resolve(this.exitError()));
    });
    this.child.on('error', () => undefined); // a message to a process that has just died; `close` reports it
    this.child.once('exit', () => (this.dead = true));
    this.closed = once(this.child, 'close').then(() => {
      this.finish?.(this.pending.result ?? { functionError: this.exitError() });
    });
  }

  /** Whether it may serve another event. */
  get alive(): boolean {
    return !this.dead && this.child.connected;
  }

  async invoke(id: string, event: string, timeoutSeconds: number): Promise<InvokeResult> {
    const initError = await this.started;
    if (initError) {
      this.dead = true;
      await this.closed;
      return { functionError: initError };
    }
    this.pending = { id, streams: 0, result: undefined };
    this.timedOut = undefined;
    if (!this.alive) {
      await this.closed;
      return { functionError: this.exitError() };
    }
    // Lambda's clock starts once the handler is loaded.
    const timeoutMs = timeoutSeconds * 1000;
    const result = new Promise<InvokeResult>((resolve) => (this.finish = resolve));
    const clock = setTimeout(() => {
      this.timedOut = `RequestId: ${id} Error: Task timed out after ${timeoutSeconds.toFixed(2)} seconds`;
      this.kill();
    }, timeoutMs);
    // It may die this moment, which `close` reports.
    this.child.send({ id, event, deadline: Date.now() + timeoutMs }, () => undefined);
    try {
      return await result;
    } finally {
      clearTimeout(clock);
      this.finish = undefined;
    }
  }

  /** SIGKILL, as Lambda's own end of a time-out: no handler sees it coming. */
  kill(): void {
    this.dead = true;
    this.child.kill('SIGKILL');
  }

  async stop(): Promise<void> {
    this.kill();
    await this.closed;
  }

  /** An invocation is over once its result and both ends of its output are here. */
  private settle(id: string, news: { streams?: number; result?: InvokeResult }): void {
    if (id !== this.pending.id) return;
    this.pending.streams += news.streams ?? 0;
    this.pending.result ??= news.result;
    if (this.pending.result && this.pending.streams === 2) this.finish?.(this.pending.result);
  }

  private exitError(): FunctionError {
    if (this.timedOut) return { errorType: 'Sandbox.Timedout', errorMessage: this.timedOut };
    const { exitCode, signalCode } = this.child;
    const how = signalCode ? `signal: ${signalCode === 'SIGKILL' ? 'killed' : signalCode}` : `exit status ${exitCode}`;
    const errorMessage = `RequestId: ${this.pending.id} Error: Runtime exited with error: ${how}`;
    return { errorType: 'Runtime.ExitError', errorMessage };
  }
}

const resultOf = ({ payload, functionError }: Message): InvokeResult =>
  functionError ? { functionError } : { payload: JSON.parse(payload ?? 'null') as unknown };
