/** Has a CDK app write its cloud assembly, by the protocol of the CDK CLI but without an account and without bundling. */
import { spawn } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CommandError } from './errors';
import { isRecord, type Json, readJson } from './json';

/** Linux takes at most 128 KiB in one variable, Windows 32 KiB in all. Above this, the app reads a file instead. */
const MAX_CONTEXT = 30 * 1024;

/** The command of cdk.json. */
export function configuredApp(directory: string): string {
  const file = path.join(directory, 'cdk.json');
  const remedy = 'pass --app COMMAND or --assembly DIRECTORY, or run this in the directory of the CDK app';
  if (!existsSync(file)) throw new CommandError(`there is no cdk.json in ${directory}: ${remedy}`);
  const { app } = readJson(file, remedy);
  if (typeof app !== 'string' || app.trim() === '') throw new CommandError(`${file} names no app: ${remedy}`);
  return app;
}

export function readContext(directory: string): Json {
  const contextIn = (name: string, read: (content: Json) => unknown): Json => {
    const file = path.join(directory, name);
    const context = existsSync(file) ? read(readJson(file, 'repair it')) : undefined;
    return isRecord(context) ? context : {};
  };
  return {
    // As the CDK CLI has it: without, the app would leave the constructs' paths out of the templates.
    'aws:cdk:enable-path-metadata': true,
    // Nobody's functions are bundled: the messages are in no bundle.
    'aws:cdk:bundling-stacks': [],
    ...contextIn('cdk.context.json', (content) => content),
    ...contextIn('cdk.json', (content) => content.context),
  };
}

/** For apps that name an account and a region by what the CDK CLI finds out. No message depends on them. */
const NO_ACCOUNT = { CDK_DEFAULT_ACCOUNT: '000000000000', CDK_DEFAULT_REGION: 'us-east-1' };

export interface AppRun {
  readonly command: string;
  readonly directory: string;
  readonly context: Json;
  /** Where the app writes its assembly, and where an overlong context is put beside it. */
  readonly assembly: string;
  readonly overflow: string;
  /** Takes what the app prints. */
  readonly print: (output: string) => void;
}

export async function runApp({ command, directory, context, assembly, overflow, print }: AppRun): Promise<void> {
  const code = await new Promise<number | string>((resolve, reject) => {
    const child = spawn(command, {
      shell: true,
      cwd: directory,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...NO_ACCOUNT, ...process.env, CDK_OUTDIR: assembly, ...contextVariables(context, overflow) },
    });
    child.stdout.setEncoding('utf8').on('data', print);
    child.stderr.setEncoding('utf8').on('data', print);
    child.on('error', reject);
    child.on('close', (exitCode, signal) => resolve(exitCode ?? signal ?? 1));
  });
  if (code !== 0) {
    const ended = typeof code === 'number' ? `exit code ${code}` : code;
    throw new CommandError(`the app ended with ${ended}: repair what it says above (it was run as: ${command})`);
  }
  if (!existsSync(path.join(assembly, 'manifest.json'))) {
    throw new CommandError(
      `the app wrote no cloud assembly: end it with app.synth(), and give its App no outdir of its own (it was run as: ${command})`,
    );
  }
}

function contextVariables(context: Json, overflow: string): Record<string, string> {
  const text = JSON.stringify(context);
  if (Buffer.byteLength(text) <= MAX_CONTEXT) return { CDK_CONTEXT_JSON: text };
  writeFileSync(overflow, text);
  return { CDK_CONTEXT_JSON: '{}', CONTEXT_OVERFLOW_LOCATION_ENV: overflow };
}
