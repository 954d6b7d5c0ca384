/**
 * How much of Cognito's quota a seeder uses, and how often it is throttled: this one beside what people write by hand, on a
 * stand-in that answers after 30 ms and throttles, first alone, then with somebody who takes half of the quota at random.
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import Table from 'cli-table3';
import { type Contender, contenders } from './seed-contenders';
import { figuresOf, type Row } from './seed-figures';
import { plot } from './seed-plot';
import { type StandIn, startStandIn } from './stand-in/start';
import { save } from './support';

/** Quotas measured at the same time: together they are little work. The last needs the machine for itself. */
const LANES = [[10, 25, 100], [500]];
const SECONDS = 8;
const FEWEST_USERS = 60;
/** At random, a few seconds say little: the fewer requests a second, the longer it takes. */
const SECONDS_BESIDE_OTHERS = (quota: number) => (quota <= 10 ? 40 : quota <= 25 ? 24 : 12);
/** The SDK takes 400 and 429 alike for a throttle: the type counts. */
const THROTTLE_STATUS = 429;
/** The others' share of the quota. */
const OTHERS = 0.5;

const measure = async (contender: Contender, standIn: StandIn, quota: number, others: number): Promise<Row> => {
  const seconds = others > 0 ? SECONDS_BESIDE_OTHERS(quota) : SECONDS;
  const speed = Math.min(quota * (1 - others), contender.fastest);
  const users = Math.min(contender.mostUsers, Math.max(FEWEST_USERS, Math.ceil(speed * seconds)));
  const othersPerSecond = quota * others;
  await standIn.reset({ users, quota, othersPerSecond, throttleStatus: THROTTLE_STATUS });
  await contender.run({ users, requestsPerSecond: quota }, standIn.endpoint);
  const figures = figuresOf(await standIn.report(), users, quota);
  return { name: contender.name, quota, othersPerSecond, ...figures };
};

const lane = async (all: readonly Contender[], quota: number): Promise<Row[]> => {
  const standIn = await startStandIn();
  try {
    const rows: Row[] = [];
    for (const contender of all) rows.push(await measure(contender, standIn, quota, 0));
    for (const contender of all.filter(({ name }) => name === all[0].name || name.startsWith('ten')))
      rows.push(await measure(contender, standIn, quota, OTHERS));
    return rows;
  } finally {
    standIn.stop();
  }
};

const percent = (share: number) => `${(share * 100).toFixed(1)} %`;

type Column = readonly [head: string, cell: (row: Row) => string];
const COLUMNS: readonly Column[] = [
  ['updates/s', ({ updatesPerSecond }) => updatesPerSecond.toFixed(1)],
  ['used', ({ usedShare }) => percent(usedShare)],
  ['throttled', ({ throttledShare }) => percent(throttledShare)],
  ['right', ({ right, users }) => `${right} of ${users}`],
  ['seconds', ({ seconds }) => seconds.toFixed(1)],
];

const print = (title: string, rows: readonly Row[], columns: readonly Column[]): void => {
  const table = new Table({
    head: ['quota/s', title, ...columns.map(([head]) => head)],
    style: { head: [], border: [] },
    colAligns: ['right', 'left', ...columns.map(() => 'right' as const)],
  });
  for (const quota of new Set(rows.map((row) => row.quota))) {
    const lines = rows.filter((row) => row.quota === quota);
    // One cell a quota, its lines below each other: a rule stands where the quota changes.
    const cells = [({ name }: Row) => name, ...columns.map(([, cell]) => cell)];
    table.push([quota, ...cells.map((cell) => lines.map(cell).join('\n'))]);
  }
  console.log(table.toString());
};

const main = async (): Promise<void> => {
  const all = contenders();
  const rows: Row[] = [];
  for (const quotas of LANES) rows.push(...(await Promise.all(quotas.map((quota) => lane(all, quota)))).flat());

  const alone = rows.filter(({ othersPerSecond }) => othersPerSecond === 0);
  const besideOthers = rows.filter(({ othersPerSecond }) => othersPerSecond > 0);
  print('alone', alone, COLUMNS);
  print('beside others, who want half', besideOthers, [
    ...COLUMNS,
    ['others throttled', ({ othersThrottledShare }) => percent(othersThrottledShare)],
  ]);
  save('seed', { runs: 1, latencyMs: 30, throttleStatus: THROTTLE_STATUS, rows });
  writeFileSync(path.join(__dirname, 'seed.svg'), plot(alone, besideOthers));
};

void main();
