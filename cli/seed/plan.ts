/** From the options of the command to a plan. */
import { CommandError } from '../preview/errors';
import { withPools } from './declaration/choose';
import type { Unplanned } from './declaration/declared';
import { type DeclarationOptions, readDeclarations } from './declaration/read';
import { type OnRead, Pool } from './pool/pool';
import type { PoolAccess } from './pool/client';
import { FileMistakes } from './step/mistakes';
import { planPair, type SeederPlan } from './step/plan-pair';
import type { Workspace } from './workspace';

export interface PlanOptions extends DeclarationOptions, PoolAccess {
  readonly userPoolId?: string;
  /** How many users are listed of a kind. */
  readonly limit: number;
  readonly onRead: OnRead;
}

export interface Plans {
  readonly seeders: readonly SeederPlan[];
  readonly unplanned: readonly Unplanned[];
}

export async function plan(options: PlanOptions, workspace: Workspace): Promise<Plans> {
  const { userPoolId, limit, onRead } = options;
  const declarations = await readDeclarations(options, workspace);
  const pools = new Map<string, Pool>();
  const seeders: SeederPlan[] = [];
  const unplanned = [...declarations.unplanned];
  for (const { pair, pool: id } of withPools(declarations.pairs, userPoolId)) {
    const pool = pools.get(id) ?? (await Pool.open(id, options, workspace, onRead));
    pools.set(id, pool);
    const { title, stack } = (pair.desired ?? pair.previous)!;
    try {
      seeders.push(await planPair(pair, pool, workspace, limit));
    } catch (error) {
      if (!(error instanceof CommandError || error instanceof FileMistakes)) throw error;
      unplanned.push({ title, stack, error });
    }
  }
  if (seeders.length === 0 && unplanned.length === 1) throw unplanned[0].error;
  return { seeders, unplanned };
}
