/** From an app or an assembly to a gallery. */
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { configuredApp, readContext, runApp } from './app';
import { findTriggers } from './assembly';
import { galleryOf } from './gallery/gallery';
import { readMessages } from './messages';
import { checkOutput, writeGallery } from './output';
import { type RenderedTrigger, renderTrigger } from './render';
import { openRuntime } from './runtime';
import { NO_SAMPLES, readSamples } from './samples';

export interface PreviewOptions {
  readonly app?: string;
  readonly assembly?: string;
  readonly out: string;
  readonly samples?: string;
  /** Where the command is run. */
  readonly directory: string;
  /** Takes what the app prints. */
  readonly print: (output: string) => void;
}

export interface Preview {
  /** The gallery's first page. */
  readonly page: string;
  readonly triggers: readonly RenderedTrigger[];
}

export async function preview(options: PreviewOptions): Promise<Preview> {
  const out = path.resolve(options.directory, options.out);
  checkOutput(out);
  const triggers = await withAssembly(options, (assembly) => {
    const found = findTriggers(assembly).map((trigger) => ({ trigger, messages: readMessages(trigger.directory) }));
    const samples = options.samples
      ? readSamples(
          path.resolve(options.directory, options.samples),
          found.map(({ messages }) => messages.index),
        )
      : NO_SAMPLES;
    return found.map(({ trigger, messages }) =>
      renderTrigger(trigger, messages, openRuntime(trigger.directory), samples),
    );
  });
  writeGallery(out, galleryOf(triggers));
  return { page: path.join(out, 'index.html'), triggers };
}

async function withAssembly<T>(options: PreviewOptions, use: (assembly: string) => T): Promise<T> {
  const { directory, print } = options;
  if (options.assembly !== undefined) return use(path.resolve(directory, options.assembly));
  const command = options.app ?? configuredApp(directory);
  // The CDK CLI takes a directory for an app that has run already.
  if (isDirectory(path.resolve(directory, command))) return use(path.resolve(directory, command));
  const temporary = mkdtempSync(path.join(tmpdir(), 'cdk-cognito-messages-'));
  try {
    const assembly = path.join(temporary, 'cdk.out');
    const overflow = path.join(temporary, 'context.json');
    await runApp({ command, directory, context: readContext(directory), assembly, overflow, print });
    return use(assembly);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

const isDirectory = (name: string): boolean => existsSync(name) && statSync(name).isDirectory();
