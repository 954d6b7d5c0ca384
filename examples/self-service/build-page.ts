import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { PageConfig } from './page-config';

const PAGE = join(__dirname, 'page');

/** The files of the page, by name, for any web server. Its policy lets it ask the API and Cognito, and nobody else. */
export const buildPage = async (config: PageConfig): Promise<Record<string, string>> => {
  const read = (name: string): string => readFileSync(join(PAGE, name), 'utf8');
  const { outputFiles } = await build({
    entryPoints: [join(PAGE, 'main.ts')],
    bundle: true,
    format: 'esm',
    target: 'es2022',
    write: false,
  });
  const origins = [config.attributesUrl, config.cognitoEndpoint].map((url) => new URL(url).origin);
  return {
    'index.html': read('index.html').replace('%ORIGINS%', origins.join(' ')),
    'main.js': outputFiles[0].text,
    'style.css': read('style.css'),
    'icon.svg': read('icon.svg'),
    'config.json': JSON.stringify(config),
  };
};
