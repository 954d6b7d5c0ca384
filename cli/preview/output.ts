/** Writes a gallery into a directory of its own, and takes away an earlier one. */
import { existsSync, mkdirSync, readdirSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CommandError, reasonOf } from './errors';
import { readJson } from './json';

/** Tells a gallery from any other directory, and what of it is to be removed. */
export const MARK = '.cdk-cognito-messages.json';

/** Looks before anything is rendered: a gallery may take its time. */
export function checkOutput(directory: string): void {
  if (!existsSync(directory)) return;
  if (!statSync(directory).isDirectory()) {
    throw new CommandError(`${directory} is a file: pass --out a directory that is empty, or yet to be made`);
  }
  if (readdirSync(directory).length > 0 && !existsSync(path.join(directory, MARK))) {
    throw new CommandError(
      `${directory} holds other files than an earlier gallery: pass --out a directory that is empty, or yet to be made`,
    );
  }
}

/** @param files by their path in the gallery, with `/` */
export function writeGallery(directory: string, files: ReadonlyMap<string, string>): void {
  checkOutput(directory);
  try {
    removeEarlier(directory);
    mkdirSync(directory, { recursive: true });
    // First, so that a gallery that is broken off can be written again.
    writeFileSync(path.join(directory, MARK), `${JSON.stringify({ files: [...files.keys()] }, undefined, 1)}\n`);
    for (const folder of foldersOf(files.keys())) mkdirSync(path.join(directory, folder), { recursive: true });
    // Never over a file that somebody has put there, nor through a link.
    for (const [file, content] of files) writeFileSync(path.join(directory, file), content, { flag: 'wx' });
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw new CommandError(
      `the gallery cannot be written (${reasonOf(error)}): make ${directory} writable, or pass another --out`,
    );
  }
}

/** Only what the earlier gallery says it wrote: somebody may have put a file of their own beside it. */
function removeEarlier(directory: string): void {
  const mark = path.join(directory, MARK);
  if (!existsSync(mark)) return;
  const { files } = readJson(mark, `remove ${directory} yourself`);
  const names = (Array.isArray(files) ? files : []).filter(
    (name): name is string => typeof name === 'string' && /^([a-z0-9-]+\/)?[a-z0-9-]+\.html$/.test(name),
  );
  for (const name of names) rmSync(path.join(directory, name), { force: true });
  for (const folder of foldersOf(names)) {
    const inner = path.join(directory, folder);
    if (existsSync(inner) && readdirSync(inner).length === 0) rmdirSync(inner);
  }
}

const foldersOf = (names: Iterable<string>): Set<string> =>
  new Set([...names].map((name) => path.posix.dirname(name)).filter((folder) => folder !== '.'));
