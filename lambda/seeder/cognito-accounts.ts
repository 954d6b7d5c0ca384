import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  AdminListGroupsForUserCommand,
  AdminRemoveUserFromGroupCommand,
  AdminSetUserPasswordCommand,
  type AttributeType,
  CreateGroupCommand,
  DeleteGroupCommand,
  GetGroupCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import type { Medium } from '../../lib/private/contracts/seed-creation';
import { type Attributes, valueOf } from './attributes';
import type { CognitoOptions } from './cognito';
import { isVerificationFlag } from './contacts';
import { asGroupNotFound, isGroupMissing } from './group-not-found';
import { isLost } from './failure';
import { patience } from './patience';
import type { LiveUser } from './settle';

/** How a user is created. */
export interface NewUser {
  readonly username: string;
  readonly attributes: Attributes;
  readonly clientMetadata: Readonly<Record<string, string>>;
  readonly validationData: Readonly<Record<string, string>>;
  readonly forceAliasCreation: boolean;
  /** By what Cognito sends the invitation. */
  readonly invitation: readonly Medium[];
  /** Cognito makes one of its own where there is none. */
  readonly temporaryPassword?: string;
}

/** The gateway's calls for what a user is beside attributes. */
export interface CognitoAccounts {
  /** @returns the user as the pool calls them */
  create(user: NewUser): Promise<LiveUser>;
  remove(username: string): Promise<void>;
  groups(username: string): Promise<string[]>;
  join(username: string, group: string): Promise<void>;
  leave(username: string, group: string): Promise<void>;
  setEnabled(username: string, enabled: boolean): Promise<void>;
  setPassword(username: string, password: string): Promise<void>;
  hasGroup(group: string): Promise<boolean>;
  /** Makes the group unless the pool has it. */
  makeGroup(group: string, description: string): Promise<void>;
  removeGroup(group: string): Promise<void>;
}

/** @param read a user by any name; undefined where the pool has no such user */
export const createAccounts = (
  options: CognitoOptions,
  read: (username: string) => Promise<LiveUser | undefined>,
): CognitoAccounts => {
  const { client, userPoolId: UserPoolId, paces } = options;
  const patiently = patience(options);

  return {
    create: async (user) => {
      const command = new AdminCreateUserCommand({
        UserPoolId,
        Username: user.username,
        UserAttributes: asList(user.attributes),
        ClientMetadata: { ...user.clientMetadata },
        ValidationData: asList(user.validationData),
        ForceAliasCreation: user.forceAliasCreation,
        ...(user.invitation.length > 0
          ? { DesiredDeliveryMediums: [...user.invitation] }
          : { MessageAction: 'SUPPRESS' as const }),
        TemporaryPassword: user.temporaryPassword,
      });
      const begun = Date.now();
      // Nobody of this name was there a moment ago. Whoever is there after a lost answer is ours where they look so: others
      // sign up, too.
      const lookFirst = async () => {
        const live = await read(user.username);
        return live && isAsCreated(live, user, begun) ? { value: live } : undefined;
      };
      return patiently(
        paces.creation,
        async (abortSignal) => {
          const { User = {} } = await client.send(command, { abortSignal });
          return {
            username: User.Username ?? user.username,
            attributes: Object.fromEntries((User.Attributes ?? []).map(({ Name, Value = '' }) => [Name, Value])),
          };
        },
        lookFirst,
      );
    },
    remove: async (Username) => {
      const command = new AdminDeleteUserCommand({ UserPoolId, Username });
      await patiently(paces.update, (abortSignal) => client.send(command, { abortSignal }));
    },
    groups: async (Username) => {
      const names: string[] = [];
      let NextToken: string | undefined;
      do {
        const command = new AdminListGroupsForUserCommand({ UserPoolId, Username, Limit: 60, NextToken });
        const page = await patiently(paces.read, (abortSignal) => client.send(command, { abortSignal }));
        names.push(...(page.Groups ?? []).map(({ GroupName = '' }) => GroupName));
        NextToken = page.NextToken;
      } while (NextToken !== undefined);
      return names;
    },
    join: async (Username, GroupName) => {
      const command = new AdminAddUserToGroupCommand({ UserPoolId, Username, GroupName });
      await patiently(paces.update, (abortSignal) => client.send(command, { abortSignal })).catch(
        asGroupNotFound(GroupName),
      );
    },
    leave: async (Username, GroupName) => {
      const command = new AdminRemoveUserFromGroupCommand({ UserPoolId, Username, GroupName });
      // A group that is gone has no members.
      await patiently(paces.update, (abortSignal) => client.send(command, { abortSignal })).catch(unlessGone);
    },
    setEnabled: async (Username, enabled) => {
      const command = new (enabled ? AdminEnableUserCommand : AdminDisableUserCommand)({ UserPoolId, Username });
      await patiently(paces.update, (abortSignal) => client.send(command, { abortSignal }));
    },
    setPassword: async (Username, Password) => {
      const command = new AdminSetUserPasswordCommand({ UserPoolId, Username, Password, Permanent: true });
      let lost = false;
      const send = async (abortSignal: AbortSignal): Promise<void> => {
        try {
          await client.send(command, { abortSignal });
        } catch (error) {
          // Sent again after a lost answer, it is the one that the user has.
          if (lost && (error as Error).name === 'PasswordHistoryPolicyViolationException') return;
          lost ||= isLost(error);
          throw error;
        }
      };
      await patiently(paces.password, send);
    },
    hasGroup: async (GroupName) => {
      const command = new GetGroupCommand({ UserPoolId, GroupName });
      return patiently(paces.read, (abortSignal) => client.send(command, { abortSignal })).then(
        () => true,
        (error) => {
          if (isGroupMissing(error)) return false;
          throw error;
        },
      );
    },
    makeGroup: async (GroupName, Description) => {
      const command = new CreateGroupCommand({ UserPoolId, GroupName, Description });
      await patiently(paces.update, (abortSignal) => client.send(command, { abortSignal })).catch((error) => {
        if ((error as Error).name !== 'GroupExistsException') throw error;
      });
    },
    removeGroup: async (GroupName) => {
      const command = new DeleteGroupCommand({ UserPoolId, GroupName });
      await patiently(paces.update, (abortSignal) => client.send(command, { abortSignal })).catch((error) => {
        // With its pool, too.
        if ((error as Error).name !== 'ResourceNotFoundException') throw error;
      });
    },
  };
};

/** Milliseconds by which Cognito's clock and ours may differ. */
const CLOCKS_DIFFER = 5_000;

const isAsCreated = ({ status, createdAt = 0, attributes }: LiveUser, user: NewUser, begun: number): boolean =>
  status === 'FORCE_CHANGE_PASSWORD' &&
  createdAt >= begun - CLOCKS_DIFFER &&
  Object.entries(user.attributes).every(
    // A trigger may verify addresses, and Cognito may write them otherwise.
    ([name, value]) => isVerificationFlag(name) || valueOf(attributes, name)?.toLowerCase() === value.toLowerCase(),
  );

const asList = (record: Readonly<Record<string, string>>): AttributeType[] =>
  Object.entries(record).map(([Name, Value]) => ({ Name, Value }));

const unlessGone = (error: unknown): void => {
  if (!isGroupMissing(error)) throw error;
};
