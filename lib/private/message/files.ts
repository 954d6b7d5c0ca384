import { readdirSync, readFileSync, statSync } from 'node:fs';
import * as path from 'node:path';
import type { SourceText } from './pieces';

export interface Entry {
  readonly name: string;
  readonly path: string;
  readonly isFolder: boolean;
}

/** Reads folders and files, and reports what cannot be read. */
export class FileReader {
  public readonly findings: string[] = [];

  /** By name, so that nothing depends on the file system. */
  public entries(folder: string): Entry[] {
    const names = this.attempt(folder, () => readdirSync(folder)) ?? [];
    return names
      .filter((name) => !name.startsWith('.') && !name.endsWith('.md'))
      .sort()
      .flatMap((name): Entry[] => {
        const entry = path.join(folder, name);
        const kind = kindOf(entry);
        if (kind === undefined) this.findings.push(`${shown(entry)} is neither a file nor a folder: remove it`);
        return kind === undefined ? [] : [{ name, path: entry, isFolder: kind === 'folder' }];
      });
  }

  public text(file: string): SourceText {
    const bytes = this.attempt(file, () => readFileSync(file));
    try {
      const text = bytes && new TextDecoder('utf-8', { fatal: true }).decode(bytes);
      if (text !== undefined) return { text: text.replace(/\r\n?/g, '\n'), file: shown(file) };
    } catch {
      this.findings.push(`${shown(file)} is not UTF-8: save it as UTF-8`);
    }
    return { text: '', file: shown(file), isUnreadable: true };
  }

  private attempt<T>(file: string, read: () => T): T | undefined {
    try {
      return read();
    } catch (error) {
      const { code = 'no reason given' } = error as NodeJS.ErrnoException;
      this.findings.push(`${shown(file)} cannot be read (${code}): let whoever synthesizes read it`);
      return undefined;
    }
  }
}

/** Links count for what they lead to; one that leads nowhere, or round in circles, is neither. */
export function kindOf(file: string): 'folder' | 'file' | undefined {
  try {
    const stats = statSync(file);
    if (stats.isDirectory()) return 'folder';
    return stats.isFile() ? 'file' : undefined;
  } catch {
    return undefined;
  }
}

/** As an editor's terminal opens it. */
export const shown = (file: string): string =>
  path.relative(process.cwd(), path.resolve(file)).replaceAll(path.sep, '/') || '.';
