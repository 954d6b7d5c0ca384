/**
 * What a cold start pays for each bundle, beside the AWS SDK that everybody starts from: size, and the time that `require`
 * takes in a fresh process (median of 15, one of each in turn, so that a busy moment hits all alike).
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import Table from 'cli-table3';

const RUNS = 15;
const ROOT = path.join(__dirname, '..');
const SDK = '@aws-sdk/client-cognito-identity-provider';

const EMPTY = path.join(__dirname, 'empty.js');
const MODULES = {
  'empty module': EMPTY,
  [`require('${SDK}')`]: createRequire(__filename).resolve(SDK),
  'custom-message bundle': path.join(ROOT, 'assets/custom-message/index.js'),
  'user-attributes-seeder bundle': path.join(ROOT, 'assets/user-attributes-seeder/index.js'),
};

/** Milliseconds, measured inside the fresh process: its own start is no part of it. */
const load = (file: string): number => {
  const script = `const t=process.hrtime.bigint();require(${JSON.stringify(file)});process.stdout.write("\\n"+Number(process.hrtime.bigint()-t)/1e6)`;
  const output = execFileSync(process.execPath, ['-e', script], {
    env: {
      PATH: process.env.PATH,
      AWS_REGION: 'us-east-1',
      AWS_LAMBDA_FUNCTION_NAME: 'bench',
      MESSAGES: '{"templates":[]}',
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    },
    encoding: 'utf8',
  });
  return Number(output.trim().split('\n').pop());
};

const median = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];

const times: Record<string, number[]> = Object.fromEntries(Object.keys(MODULES).map((name) => [name, []]));
for (let run = 0; run < RUNS; run++) {
  for (const [name, file] of Object.entries(MODULES)) times[name].push(load(file));
}
const sdk = median(times[`require('${SDK}')`]);
const rows = Object.entries(MODULES).map(([name, file]) => ({
  name,
  // The SDK's entry requires many other files.
  bytes: name.startsWith('require') ? undefined : statSync(file).size,
  medianMs: Number(median(times[name]).toFixed(1)),
  ratioToSdk: Number((median(times[name]) / sdk).toFixed(2)),
}));

const table = new Table({ head: ['module', 'bytes', 'load, ms', 'of the SDK’s'], style: { head: [], border: [] } });
for (const { name, bytes, medianMs, ratioToSdk } of rows) {
  table.push([name, bytes ?? 'many files', medianMs, ratioToSdk]);
}
console.log(table.toString());

const results = path.join(ROOT, 'bench/results.json');
mkdirSync(path.dirname(results), { recursive: true });
const former = existsSync(results) ? JSON.parse(readFileSync(results, 'utf8')) : {};
writeFileSync(
  results,
  `${JSON.stringify({ ...former, load: { node: process.version, runs: RUNS, rows } }, undefined, 2)}\n`,
);
