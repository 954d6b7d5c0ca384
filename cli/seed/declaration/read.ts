/** Where the two declarations come from that a plan compares. */
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { configuredApp, readContext, runApp } from '../../preview/app';
import { CommandError } from '../../preview/errors';
import type { Workspace } from '../workspace';
import { findSeeders } from './assembly';
import { type Choice, chosen, paired, requireSome } from './choose';
import { declared, type Unplanned } from './declared';
import type { Declaration, Pair } from './declaration';
import { fileDeclaration, type FileReading } from './file';
import { seederDeclaration } from './seeder';

export interface DeclarationOptions extends Choice, FileReading {
  readonly file?: string;
  readonly assembly?: string;
  readonly app?: string;
  readonly object?: string;
  readonly previous?: string;
  /** Takes what the app prints. */
  readonly print: (output: string) => void;
}

export interface Declarations {
  readonly pairs: readonly Pair[];
  readonly unplanned: readonly Unplanned[];
}

export async function readDeclarations(options: DeclarationOptions, workspace: Workspace): Promise<Declarations> {
  const { file, object, previous } = options;
  if (previous !== undefined && !existsSync(previous)) {
    throw new CommandError(`${previous} does not exist: pass --previous a file of users, or a cloud assembly`);
  }
  if (object !== undefined && !existsSync(object)) {
    throw new CommandError(`${object} does not exist: pass --object the path of a file`);
  }
  if (file !== undefined) {
    const desired = fileDeclaration(file, options);
    const former = previous === undefined ? undefined : formerFile(previous, desired, options);
    return { pairs: [{ desired, previous: former }], unplanned: [] };
  }
  const assembly = await assemblyOf(options, workspace);
  const all = findSeeders(assembly);
  const former =
    previous !== undefined && isDirectory(previous) ? chosen(findSeeders(path.resolve(previous)), options) : [];
  // What is chosen may be new, and then it has no former self; or it may be no more.
  const desired = former.length > 0 ? chosen(all, options) : requireSome(all, options, assembly);
  if (object !== undefined && desired.filter(({ properties }) => properties.Object !== undefined).length !== 1) {
    throw new CommandError('--object is for one seeder that reads an object: choose it with --seeder');
  }
  if (previous === undefined || isDirectory(previous)) return declared(paired(desired, former), object);
  if (desired.length > 1) {
    throw new CommandError(`--previous is one file, and there are ${desired.length} seeders: choose one with --seeder`);
  }
  const pair = { desired: seederDeclaration(desired[0], object), previous: fileDeclaration(previous, options) };
  return { pairs: [pair], unplanned: [] };
}

/** Of an app that is not told: what it has been synthesized to lies in cdk.out. */
async function assemblyOf({ assembly, app, print }: DeclarationOptions, workspace: Workspace): Promise<string> {
  const directory = process.cwd();
  if (assembly !== undefined) return path.resolve(assembly);
  if (app === undefined && existsSync(path.join('cdk.out', 'manifest.json'))) return path.resolve('cdk.out');
  if (app === undefined && !existsSync('cdk.json')) {
    throw new CommandError(
      'there is neither a cdk.out nor a cdk.json here: pass --file, --assembly or --app, or run this in the directory of the CDK app',
    );
  }
  const command = app ?? configuredApp(directory);
  // The CDK CLI takes a directory for an app that has run already.
  if (isDirectory(command)) return path.resolve(command);
  const made = workspace.path('cdk.out');
  const overflow = workspace.path('context.json');
  await runApp({ command, directory, context: readContext(directory), assembly: made, overflow, print });
  return made;
}

function formerFile(previous: string, desired: Declaration, options: DeclarationOptions): Declaration {
  if (!isDirectory(previous)) return fileDeclaration(previous, options);
  const found = requireSome(findSeeders(path.resolve(previous)), options, previous);
  if (found.length > 1) {
    throw new CommandError(
      `${previous} has several seeders: choose with --seeder the one whose former declaration ${desired.title} follows`,
    );
  }
  return seederDeclaration(found[0]);
}

const isDirectory = (name: string): boolean => existsSync(name) && statSync(name).isDirectory();
