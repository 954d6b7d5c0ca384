/** From the options of the command to a plan. */
import { withPools } from './declaration/choose';
import { type DeclarationOptions, readDeclarations } from './declaration/read';
import { type OnRead, Pool } from './pool/pool';
import type { PoolAccess } from './pool/client';
import { planPair, type SeederPlan } from './step/plan-pair';
import type { Workspace } from './workspace';

export interface PlanOptions extends DeclarationOptions, PoolAccess {
  readonly userPoolId?: string;
  /** How many users are listed of a kind. */
  readonly limit: number;
  readonly onRead: OnRead;
}

export async function plan(options: PlanOptions, workspace: Workspace): Promise<SeederPlan[]> {
  const { userPoolId, limit, onRead } = options;
  const pools = new Map<string, Pool>();
  const plans: SeederPlan[] = [];
  for (const { pair, pool: id } of withPools(await readDeclarations(options, workspace), userPoolId)) {
    const pool = pools.get(id) ?? (await Pool.open(id, options, workspace, onRead));
    pools.set(id, pool);
    plans.push(await planPair(pair, pool, workspace, limit));
  }
  return plans;
}
