/** A declaration as sorted rows. */
import { createReadStream } from 'node:fs';
import { declaredRows } from '../../../lambda/seeder/declared-rows';
import { ruleRows } from '../../../lambda/seeder/listing';
import type { Objects } from '../../../lambda/seeder/objects';
import { type OpenRows, rowsInMemory } from '../../../lambda/seeder/rows/rows';
import type { Seed } from '../../../lib/private/contracts/seed';
import type { Pair } from '../declaration/declaration';
import type { Pool } from '../pool/pool';
import type { Workspace } from '../workspace';
import { mistakesIn } from './mistakes';

/** @throws FileMistakes */
export const declarationRows = async (
  seed: Seed | undefined,
  name: 'previous' | 'desired',
  pair: Pair,
  pool: Pool,
  workspace: Workspace,
): Promise<OpenRows> => {
  if (seed?.source.kind === 'existing') {
    const { selector, attributes } = seed.source.existing;
    return async () => ruleRows(await (await pool.listed(selector)).open(), attributes);
  }
  const rows = await declaredRows(seed, name, { objects: LOCAL_FILES, store: workspace.store(), listings: [] });
  if (rows.kind === 'rows') return rows.open;
  if (rows.kind === 'broken' && seed?.source.kind === 'object') {
    const object = { ...seed.source.object, creates: seed.onMissingUser === 'CREATE' };
    throw await mistakesIn(object, rows.problems, rows.more, pair[name]?.stack === undefined);
  }
  return async () => rowsInMemory([]);
};

/** Whatever stands in a bucket later is a file here: see seeder.ts. */
const LOCAL_FILES: Objects = { read: async ({ bucket }) => createReadStream(bucket) };
