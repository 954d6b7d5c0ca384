import type { Change } from '../../../lambda/seeder/settle';
import type { Made } from '../declaration/made';
import type { PoolDescription } from '../pool/description';
import { accountChange, type HasGroup } from './account-change';
import { attributeChanges, type Entry, messagesOf } from './entry';

/**
 * A user whom the pool has, and whom the deployment would change or delete.
 *
 * @param isRestored whether what was there before comes back in place of a value that goes
 */
export const changeEntry = async (
  change: Change,
  line: number,
  isRestored: (name: string) => boolean,
  pool: PoolDescription,
  hasGroup: HasGroup,
  made: Made,
): Promise<Entry> => ({
  action: change.remove ? 'delete' : 'change',
  username: change.declaredAs,
  line,
  left: !change.declared,
  attributes: attributeChanges(change, pool, isRestored),
  ...(await accountChange(change.account, hasGroup, made)),
  messages: messagesOf(change.set, pool),
  invitation: [],
});

/** Whether nothing happens but what happens at every deployment: a password may have been rotated, and most have not. */
export const isRoutine = ({ action, attributes, join, leave, enabled, passwordAgain }: Entry): boolean =>
  action === 'change' &&
  passwordAgain === true &&
  attributes.length + join.length + leave.length === 0 &&
  enabled === undefined;
