import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { promisify } from 'node:util';
import { MiniStackApi } from './ministack-api';

const REGION = 'us-east-1';
const ACCOUNT = '000000000000';
const REQUIREMENTS = path.join(__dirname, 'requirements.txt');
const CACHE = path.join(__dirname, '..', '..', '.venv');
const READY_WITHIN_MS = 60_000;
const STOP_WITHIN_MS = 5_000;
const KEPT_LOG_CHARACTERS = 2_000_000;

export interface MiniStackOptions {
  /** Where the user pool lives: the Lambdas that MiniStack runs send their Cognito calls there. */
  readonly cognitoEndpoint: string;
  /** A port of the caller's choice, for those who must know the endpoint beforehand. */
  readonly port?: number;
}

export interface MiniStack {
  readonly endpoint: string;
  readonly region: string;
  readonly account: string;
  readonly version: string;
  /** The environment for the CDK CLI: this process's own, less everything that could lead to a real account. */
  readonly env: NodeJS.ProcessEnv;
  /** Where it keeps what outlives a restart, such as the keys with which pools sign. */
  readonly stateDirectory: string;
  /** What MiniStack has printed so far. Its Lambdas' output is in their log groups. */
  logs(): string;
  /** What a test asks of CloudFormation and CloudWatch Logs. */
  readonly api: MiniStackApi;
  /** Ends MiniStack and every Lambda process under it. */
  stop(): Promise<void>;
}

export interface Installation {
  readonly version: string;
  readonly python: string;
}

let installation: Promise<Installation> | undefined;

/** Once a process, and from PyPI only where the virtual environment does not hold what is pinned. */
export const installMiniStack = (): Promise<Installation> => {
  const version = pinnedVersion();
  return (installation ??= installedPython(version).then((python) => ({ version, python })));
};

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no free port')),
      );
    });
  });
}

/** Starts MiniStack, with its Lambdas pointed at the given Cognito. */
export async function startMiniStack(options: MiniStackOptions): Promise<MiniStack> {
  const { version, python } = await installMiniStack();
  const port = options.port ?? (await freePort());
  const endpoint = `http://127.0.0.1:${port}`;
  const home = mkdtempSync(path.join(tmpdir(), 'ministack-'));

  // An environment of its own: the Lambdas inherit it, and nothing of the developer's belongs in there.
  const child = spawn(python, ['-m', 'ministack'], {
    cwd: home,
    detached: true, // its own process group, so that stop() reaches the Lambdas too
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      HOME: home,
      TMPDIR: home,
      STATE_DIR: path.join(home, 'state'),
      GATEWAY_PORT: String(port),
      BIND_HOST: '127.0.0.1',
      MINISTACK_ACCOUNT_ID: ACCOUNT,
      MINISTACK_REGION: REGION,
      IOT_MTLS_ENABLED: '0',
      SFTP_ENABLED: '0',
      // Of the pauses between the retries of state machines, the Provider framework's questions every 10 s among them.
      SFN_WAIT_SCALE: '0.05',
      PYTHONUNBUFFERED: '1',
      AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: options.cognitoEndpoint,
      // The Lambdas run on this machine's Node, whatever runtime they name; the SDK need not complain of its age.
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    },
  });

  let printed = '';
  const keep = (chunk: string) => {
    printed = (printed + chunk).slice(-KEPT_LOG_CHARACTERS);
  };
  child.stdout.setEncoding('utf8').on('data', keep);
  child.stderr.setEncoding('utf8').on('data', keep);

  const removeHome = () => rmSync(home, { recursive: true, force: true, maxRetries: 3 });
  // A group of its own also means that Ctrl-C does not reach it.
  const onExit = () => {
    killGroup(child, 'SIGKILL');
    removeHome();
  };
  const onInterrupt = () => process.exit(130);
  process.once('exit', onExit).once('SIGINT', onInterrupt).once('SIGTERM', onInterrupt);
  const stop = async () => {
    await endGroup(child);
    process.off('exit', onExit).off('SIGINT', onInterrupt).off('SIGTERM', onInterrupt);
    removeHome();
  };

  try {
    await untilReady(child, endpoint, version);
  } catch (error) {
    await stop();
    throw new Error(`MiniStack ${version} did not start: ${(error as Error).message}\n${printed}`);
  }

  return {
    endpoint,
    region: REGION,
    account: ACCOUNT,
    version,
    env: cliEnvironment(endpoint, home),
    stateDirectory: path.join(home, 'state'),
    logs: () => printed,
    api: new MiniStackApi(endpoint, REGION),
    stop,
  };
}

function pinnedVersion(): string {
  const version = /^ministack==(\S+)$/m.exec(readFileSync(REQUIREMENTS, 'utf8'))?.[1];
  if (!version) {
    throw new Error('test/deploy/requirements.txt pins no version of ministack');
  }
  return version;
}

/** The Python of a virtual environment that holds exactly the pinned requirements. */
async function installedPython(version: string): Promise<string> {
  const venv = path.join(CACHE, `ministack-${version}`);
  const python = path.join(venv, 'bin', 'python');
  const stamp = path.join(venv, 'installed-requirements.txt');
  const requirements = readFileSync(REQUIREMENTS, 'utf8');
  // The stamp is written last: an installation that was cut short, or of other pins, is made anew.
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === requirements && existsSync(python)) {
    return python;
  }
  try {
    rmSync(venv, { recursive: true, force: true });
    await run('python3', ['-m', 'venv', venv]);
    await run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', REQUIREMENTS]);
  } catch (error) {
    const { stdout, stderr, message } = error as Error & { stdout?: string; stderr?: string };
    throw new Error(
      `The deploy test needs MiniStack ${version}, and it could not be installed from PyPI. ` +
        'It takes Python 3.10 or newer with venv and pip, and a package index that carries it.\n' +
        // Python says on stdout what a venv lacks.
        [stdout, stderr || message].filter(Boolean).join('\n'),
    );
  }
  writeFileSync(stamp, requirements);
  return python;
}

const run = promisify(execFile);

async function untilReady(child: ChildProcess, endpoint: string, version: string): Promise<void> {
  let ended: string | undefined;
  child.once('error', (error) => (ended = error.message));
  child.once('exit', (code, signal) => (ended = `it ended with ${signal ?? `exit code ${code}`}`));
  const deadline = Date.now() + READY_WITHIN_MS;
  while (ended === undefined && Date.now() < deadline) {
    const health = await fetch(`${endpoint}/_ministack/health`).catch(() => undefined);
    if (health?.ok) {
      // Another server may have taken the port in between; ours tells its version.
      const found = ((await health.json()) as { version?: string }).version;
      if (found === version) {
        return;
      }
      throw new Error(`the port answers with version ${found}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(ended ?? `not ready after ${READY_WITHIN_MS / 1000} s`);
}

function cliEnvironment(endpoint: string, home: string): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !/^(AWS|CDK)_/.test(name));
  const absent = path.join(home, 'no-such-file');
  return {
    ...Object.fromEntries(own),
    NO_PROXY: '127.0.0.1,localhost',
    no_proxy: '127.0.0.1,localhost',
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: REGION,
    AWS_DEFAULT_REGION: REGION,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_CONFIG_FILE: absent,
    AWS_SHARED_CREDENTIALS_FILE: absent,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    CDK_HOME: path.join(home, 'cdk'),
    CDK_DISABLE_CLI_TELEMETRY: 'true',
    CDK_DISABLE_VERSION_CHECK: '1',
  };
}

function killGroup(child: ChildProcess, signal: NodeJS.Signals | 0): boolean {
  try {
    return child.pid !== undefined && process.kill(-child.pid, signal);
  } catch {
    return false; // no process of the group is left
  }
}

async function endGroup(child: ChildProcess): Promise<void> {
  killGroup(child, 'SIGTERM');
  const deadline = Date.now() + STOP_WITHIN_MS;
  while (Date.now() < deadline && killGroup(child, 0)) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  killGroup(child, 'SIGKILL');
}
