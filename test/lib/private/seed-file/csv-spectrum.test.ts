import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readRecordsSync } from '../../../../lib/private/seed-file/csv/records';

const SPECTRUM = dirname(require.resolve('csv-spectrum'));
const names = readdirSync(join(SPECTRUM, 'csvs')).map((file) => file.replace(/\.csv$/, ''));

test('all files of csv-spectrum are here', () => expect(names).toHaveLength(12));

/** Its author has taken a telephone number out of one of two files (max-mapper/csv-spectrum, location_coordinates). */
const withoutNumber = (text: string) => text.replace('2095257564', '1234567890');

test.each(names)('%s is read as csv-spectrum wants it', (name) => {
  const expected = JSON.parse(readFileSync(join(SPECTRUM, 'json', `${name}.json`), 'utf8'));
  const records: string[][] = [];
  const text = withoutNumber(readFileSync(join(SPECTRUM, 'csvs', `${name}.csv`), 'utf8'));
  readRecordsSync(Buffer.from(text), ({ cells, isMisquoted }) => {
    expect(isMisquoted).toBe(false);
    records.push(cells);
  });
  const [header, ...rows] = records;
  expect(rows.map((cells) => Object.fromEntries(cells.map((cell, index) => [header[index], cell])))).toEqual(
    [expected].flat(),
  );
});
