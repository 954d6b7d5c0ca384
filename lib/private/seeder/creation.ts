import { Stack, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { UserAttributesSeederProps } from '../../user-attributes-seeder';
import type { CreateUsersOptions } from '../../create-users-options';
import { Invitation } from '../../invitation';
import { MissingUsers } from '../../missing-users';
import { present } from '../contracts/fields';
import type { Creation } from '../contracts/seed-creation';
import { isRecord } from '../record';
import { boundPassword } from './passwords';
import { digest } from '../pool-identity';

/** What its author says of the creation of missing users; undefined where nobody is created. */
export const creationOptions = (missingUsers: unknown): CreateUsersOptions | undefined => {
  if (!(missingUsers instanceof MissingUsers) || missingUsers._mode !== 'CREATE') return undefined;
  return isRecord(missingUsers._creation) ? missingUsers._creation : {};
};

/** Whether those go whom the seeder has created. */
export const deletesUsers = ({ missingUsers }: { readonly missingUsers?: unknown }): boolean =>
  creationOptions(missingUsers)?.deleteWhenUndeclared === true;

/** The same in the contract's terms. Never throws, whatever it holds. */
export const declaredCreation = (
  seeder: Construct,
  { missingUsers, engine }: Pick<UserAttributesSeederProps, 'missingUsers' | 'engine'>,
): Creation | undefined => {
  const options = creationOptions(missingUsers);
  if (!options) return undefined;
  const { invitation, clientMetadata, validationData, forceAliasCreation, password } = options;
  return present({
    invitation: invitation instanceof Invitation ? invitation._media : [],
    clientMetadata,
    validationData,
    forceAliasCreation: forceAliasCreation === true,
    password: boundPassword(seeder, password)?.source,
    owner: deletesUsers({ missingUsers }) ? ownerGroup(seeder, engine?._stepFunctions ? 'Run' : '') : undefined,
  });
};

const LONGEST_GROUP_NAME = 128;

/**
 * Stacks that share a pool have groups of their own, and so do the seeders of a stack, and their engines: the removal of one
 * resource must not find the users of the other. Its name must stay: it is the memory.
 */
const ownerGroup = (seeder: Construct, engine: string): string => {
  const { stackName } = Stack.of(seeder);
  const [start, end] = ['seeder-', `-${digest(seeder.node.addr + engine)}`];
  const middle = Token.isUnresolved(stackName)
    ? stackName
    : stackName.replace(/[^\p{L}\p{M}\p{S}\p{N}\p{P}]/gu, '-').slice(0, LONGEST_GROUP_NAME - start.length - end.length);
  return `${start}${middle}${end}`;
};
