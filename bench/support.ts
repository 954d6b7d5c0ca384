import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export const ROOT = path.join(__dirname, '..');
export const RUNS = 15;

/** What a script prints last, run in a fresh process as a function is. */
export const fresh = (script: string): string => {
  const output = execFileSync(process.execPath, ['-e', script], {
    env: {
      PATH: process.env.PATH,
      AWS_REGION: 'us-east-1',
      AWS_LAMBDA_FUNCTION_NAME: 'bench',
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    },
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
  return output.trim().split('\n').pop() ?? '';
};

/** Milliseconds that loading a file takes, measured inside the fresh process: its own start is no part of it. */
export const load = (file: string, afterwards = ''): number =>
  Number(
    fresh(
      `const t=process.hrtime.bigint();const m=require(${JSON.stringify(file)});${afterwards};process.stdout.write("\\n"+Number(process.hrtime.bigint()-t)/1e6)`,
    ),
  );

/** Of each, the median of 15 measurements, one of each in turn: a busy moment hits all alike. */
export const medians = (measure: Readonly<Record<string, () => number>>): Record<string, number> => {
  const times: Record<string, number[]> = Object.fromEntries(Object.keys(measure).map((name) => [name, []]));
  for (let run = 0; run < RUNS; run++) for (const name of Object.keys(measure)) times[name].push(measure[name]());
  return Object.fromEntries(Object.entries(times).map(([name, values]) => [name, median(values)]));
};

const median = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];

export const rounded = (value: number, digits: number): number => Number(value.toFixed(digits));

/** Writes one benchmark's figures beside those of the others. */
export const save = (name: string, figures: object): void => {
  const file = path.join(ROOT, 'bench/results.json');
  const former = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const results = { ...former, [name]: { node: process.version, runs: RUNS, ...figures } };
  writeFileSync(file, `${JSON.stringify(results, undefined, 2)}\n`);
};
