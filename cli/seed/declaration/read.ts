/** Where the two declarations come from that a plan compares. */
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { configuredApp, readContext, runApp } from '../../preview/app';
import { CommandError } from '../../preview/errors';
import type { Workspace } from '../workspace';
import { findSeeders } from './assembly';
import { type Choice, chosen, paired, requireSome } from './choose';
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

export async function readDeclarations(options: DeclarationOptions, workspace: Workspace): Promise<Pair[]> {
  const { file, previous } = options;
  if (file !== undefined) {
    const desired = fileDeclaration(file, options);
    return [{ desired, ...(previous !== undefined && { previous: formerFile(previous, desired, options) }) }];
  }
  const assembly = await assemblyOf(options, workspace);
  const desired = requireSome(findSeeders(assembly), options, assembly).map((found) =>
    seederDeclaration(found, options.object),
  );
  if (options.object !== undefined && desired.filter(({ seed }) => seed.source.kind === 'object').length !== 1) {
    throw new CommandError('--object is for one seeder that reads an object: choose it with --seeder');
  }
  if (previous === undefined) return desired.map((declaration) => ({ desired: declaration }));
  if (isDirectory(previous)) return paired(desired, formerSeeders(previous, options));
  if (desired.length > 1) {
    throw new CommandError(`--previous is one file, and there are ${desired.length} seeders: choose one with --seeder`);
  }
  return [{ desired: desired[0], previous: fileDeclaration(previous, options) }];
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

/** What is chosen may be new: then it has no former self. */
const formerSeeders = (assembly: string, options: DeclarationOptions): Declaration[] =>
  chosen(findSeeders(path.resolve(assembly)), options).flatMap((found) =>
    // What an object held, nobody can say without it.
    found.properties.Object === undefined ? [seederDeclaration(found)] : [],
  );

const isDirectory = (name: string): boolean => existsSync(name) && statSync(name).isDirectory();
