import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { WritableAttribute } from '../lib';
import { apiDefinition } from '../lib/private/api/definition';
import { API_FILE } from '../lib/private/contracts/api';
import { ROOT } from './support';

/** The function of an API as it is deployed: the bundle, and its definition beside it. */
export const apiFunction = (): { readonly bundle: string; remove(): void } => {
  const directory = mkdtempSync(path.join(tmpdir(), 'api-function-'));
  cpSync(path.join(ROOT, 'assets/user-attributes-api'), directory, { recursive: true });
  const writable = [
    ...['nickname', 'given_name', 'family_name', 'custom:team'].map((name) =>
      WritableAttribute.of(name, { maxLength: 80 }),
    ),
    WritableAttribute.oneOf('locale', ['en', 'de', 'fr']),
  ];
  const definition = apiDefinition(
    { path: '/me', writable, readable: undefined, sensitive: [], metadata: [] },
    undefined,
  );
  writeFileSync(path.join(directory, API_FILE), JSON.stringify(definition));
  return { bundle: path.join(directory, 'index.js'), remove: () => rmSync(directory, { recursive: true }) };
};
