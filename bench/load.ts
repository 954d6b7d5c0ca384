/**
 * What a cold start pays for each bundle, beside the AWS SDK that everybody starts from: size, and the time that `require`
 * takes in a fresh process.
 */
import { statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import Table from 'cli-table3';
import { apiFunction } from './api-function';
import { load, medians, ROOT, rounded, save } from './support';

const SDK = '@aws-sdk/client-cognito-identity-provider';
const api = apiFunction();
const MODULES = {
  'empty module': path.join(__dirname, 'empty.js'),
  [`require('${SDK}')`]: createRequire(__filename).resolve(SDK),
  'custom-message bundle': path.join(ROOT, 'assets/custom-message/index.js'),
  'user-attributes-api bundle': api.bundle,
  'user-attributes-seeder bundle': path.join(ROOT, 'assets/user-attributes-seeder/index.js'),
};

const times = medians(Object.fromEntries(Object.entries(MODULES).map(([name, file]) => [name, () => load(file)])));
const rows = Object.entries(MODULES).map(([name, file]) => ({
  name,
  // The SDK's entry requires many other files.
  bytes: name.startsWith('require') ? undefined : statSync(file).size,
  medianMs: rounded(times[name], 1),
  ratioToSdk: rounded(times[name] / times[`require('${SDK}')`], 2),
}));

const table = new Table({ head: ['module', 'bytes', 'load, ms', 'of the SDK’s'], style: { head: [], border: [] } });
for (const { name, bytes, medianMs, ratioToSdk } of rows)
  table.push([name, bytes ?? 'many files', medianMs, ratioToSdk]);
console.log(table.toString());
save('load', { rows });
api.remove();
