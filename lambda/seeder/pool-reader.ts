import {
  type CognitoIdentityProviderClient,
  DescribeUserPoolCommand,
  ListUsersCommand,
  ListUsersInGroupCommand,
  type UserType,
} from '@aws-sdk/client-cognito-identity-provider';
import { asGroupNotFound } from './group-not-found';
import type { PoolReader } from './listing';
import type { Pace } from './pace';
import type { Patience } from './patience';
import type { LiveUser } from './settle';

/** What Cognito allows. */
const PAGE = 60;

/** The gateway's calls that read a pool. */
export const createPoolReader = (
  client: Pick<CognitoIdentityProviderClient, 'send'>,
  userPoolId: string,
  pace: Pace,
  patiently: Patience,
): PoolReader => ({
  page: async (selector, token) => {
    if (selector.kind === 'group') {
      const command = new ListUsersInGroupCommand({
        UserPoolId: userPoolId,
        GroupName: selector.group,
        Limit: PAGE,
        NextToken: token,
      });
      const { Users = [], NextToken } = await patiently(pace, (abortSignal) =>
        client.send(command, { abortSignal }),
      ).catch(asGroupNotFound(selector.group));
      return { users: Users.map(liveUser), next: NextToken };
    }
    // AttributesToGet would fail where a user lacks one of them.
    const command = new ListUsersCommand({
      UserPoolId: userPoolId,
      Limit: PAGE,
      PaginationToken: token,
      ...(selector.kind === 'filter' ? { Filter: selector.filter } : {}),
    });
    const { Users = [], PaginationToken } = await patiently(pace, (abortSignal) =>
      client.send(command, { abortSignal }),
    );
    return { users: Users.map(liveUser), next: PaginationToken };
  },
  names: async () => {
    const command = new DescribeUserPoolCommand({ UserPoolId: userPoolId });
    const { UserPool } = await patiently(pace, (abortSignal) => client.send(command, { abortSignal }));
    return {
      // Admin calls take the sub, too.
      aliases: [
        ...['sub', ...(UserPool?.UsernameAttributes ?? [])].map((attribute) => ({ attribute, whenVerified: false })),
        ...(UserPool?.AliasAttributes ?? []).map((attribute) => ({
          attribute,
          whenVerified: attribute !== 'preferred_username',
        })),
      ],
      caseSensitive: UserPool?.UsernameConfiguration?.CaseSensitive !== false,
    };
  },
});

const liveUser = ({ Username = '', Attributes = [], Enabled }: UserType): LiveUser => ({
  username: Username,
  enabled: Enabled !== false,
  attributes: Object.fromEntries(Attributes.map(({ Name = '', Value = '' }) => [Name, Value])),
});
