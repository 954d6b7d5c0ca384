/**
 * Renders with the very code that answers Cognito: the function's own bundle or, for a layer, what this package ships for
 * functions of one's own. The only place that knows how the two are opened.
 */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { MESSAGES_FOLDER, type MessagePart, type Reason } from '../../lib/private/contracts/message';
import { CommandError, reasonOf } from './errors';
import type { CustomMessageEvent } from './events';

export interface Rendering {
  readonly emailSubject?: string;
  readonly emailMessage?: string;
  readonly smsMessage?: string;
  /** What is left to Cognito's own words. */
  readonly defaults: readonly Default[];
}

export interface Default {
  readonly channel?: 'email' | 'sms';
  readonly part?: MessagePart;
  readonly reason: Reason;
  readonly variable?: string;
}

export type Render = (event: CustomMessageEvent) => Rendering;

const load = createRequire(__filename);

/** @param directory the asset of the function or of the layer */
export function openRuntime(directory: string): Render {
  const bundle = path.join(directory, 'index.js');
  try {
    // A function of one's own may carry the folder too; then its code is not this library's.
    const own: { render?: unknown } = existsSync(bundle) ? load(bundle) : {};
    if (typeof own.render === 'function') return own.render as Render;
    const { customMessages } = load(packagedRuntime());
    return customMessages({ directory: path.join(directory, MESSAGES_FOLDER) }).render;
  } catch (error) {
    throw new CommandError(
      `the code of the messages in ${directory} cannot be loaded (${reasonOf(error)}): synthesize the app again with the installed version of the library`,
    );
  }
}

/** Beside the command as it is shipped (bin/) and as it is developed (cli/preview/). */
function packagedRuntime(): string {
  for (let folder = __dirname; ; folder = path.dirname(folder)) {
    const file = path.join(folder, 'custom-message', 'index.js');
    if (existsSync(file)) return file;
    if (folder === path.dirname(folder)) throw new Error('this package lacks custom-message/index.js');
  }
}
