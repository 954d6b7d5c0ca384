/** What a gallery must show, counted from what lies beside the function, and by other means than the command's. */
import { readdirSync, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

export interface Expected {
  readonly emails: number;
  readonly texts: number;
}

/** By source. */
export function expectedIn(assembly: string): Map<string, Expected> {
  const folder = readdirSync(assembly)
    .map((name) => path.join(assembly, name, 'messages'))
    .find((name) => existsSync(path.join(name, 'index.json')))!;
  const read = (name: string) => readFileSync(path.join(folder, name), 'utf8');
  // A text that says something else without a value is shown twice.
  const shown = (files: Record<string, string> = {}): number =>
    Object.values(files).reduce((sum, file) => sum + (/\["(if|unless)","/.test(read(file)) ? 2 : 1), 0);
  const { sources } = JSON.parse(read('index.json')) as { sources: Record<string, any[]> };
  return new Map(
    Object.entries(sources).map(([source, variants]) => [
      source,
      {
        emails: variants.reduce((sum, { texts }) => sum + shown(texts.email), 0),
        texts: variants.reduce((sum, { texts }) => sum + shown(texts.sms), 0),
      },
    ]),
  );
}
