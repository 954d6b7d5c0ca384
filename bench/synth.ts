/**
 * What the rows of a CSV file add to the synthesis of a stack: reading, checking, sorting and compressing them. Measured in fresh
 * processes, from the App to the end of its synthesis: loading the library is no part of it.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Table from 'cli-table3';
import { fresh, medians, rounded, save } from './support';

const ROWS = [1, 10_000, 100_000];
const APP = path.join(__dirname, 'synth-app.ts');

const directory = mkdtempSync(path.join(tmpdir(), 'bench-synth-'));

const table = (rows: number): string => {
  const lines = Array.from(
    { length: rows },
    (_, row) => `user-${row},user-${row}@example.com,Name ${row},de-AT,"Tenant ${row % 100}, Vienna",plan-${row % 7}`,
  );
  const file = path.join(directory, `${rows}.csv`);
  writeFileSync(file, ['username,email,given_name,locale,custom:tenant,custom:plan', ...lines].join('\n'));
  return file;
};

const synthesis = (file: string): number =>
  Number(
    fresh(
      `require('tsx/cjs');process.stdout.write("\\n"+require(${JSON.stringify(APP)}).synthesis(${JSON.stringify(file)}))`,
    ),
  );

try {
  const measures = ROWS.map((rows) => [String(rows), table(rows)] as const);
  const times = medians(Object.fromEntries(measures.map(([rows, file]) => [rows, () => synthesis(file)])));
  const rows = ROWS.map((count) => ({
    rows: count,
    columns: 6,
    medianMs: rounded(times[count], 0),
    overOneRowMs: rounded(times[count] - times[1], 0),
  }));
  const shown = new Table({ head: ['rows', 'synthesis, ms', 'over one row, ms'], style: { head: [], border: [] } });
  for (const { rows: count, medianMs, overOneRowMs } of rows) shown.push([count, medianMs, overOneRowMs]);
  console.log(shown.toString());
  save('synth', { rows });
} finally {
  rmSync(directory, { recursive: true });
}
