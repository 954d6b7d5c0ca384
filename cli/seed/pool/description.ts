import { type CognitoIdentityProviderClient, DescribeUserPoolCommand } from '@aws-sdk/client-cognito-identity-provider';
import type { Attributes } from '../../../lambda/seeder/attributes';
import { CONTACTS } from '../../../lambda/seeder/contacts';
import type { NewUserRules } from './new-users';

/** When Cognito is given an attribute, or asked to delete it. */
export type Occasion = 'creation' | 'update' | 'deletion';

export interface PoolDescription {
  readonly name?: string;
  /** A guess of Cognito's. */
  readonly users?: number;
  /** Whether names that differ in upper and lower case are two. */
  readonly isCaseSensitive: boolean;
  /** The addresses to which Cognito sends a code when they change. */
  readonly autoVerified: readonly string[];
  /** The attributes by which a user may be declared beside the username. */
  aliasesOf(attributes: Attributes): string[];
  readonly newUsers: NewUserRules;
  /** Why Cognito would refuse an attribute; undefined where the schema has nothing against it. */
  complaint(attribute: string, occasion: Occasion): string | undefined;
}

export const describePool = async (
  client: Pick<CognitoIdentityProviderClient, 'send'>,
  userPoolId: string,
): Promise<PoolDescription> => {
  const { UserPool = {} } = await client.send(new DescribeUserPoolCommand({ UserPoolId: userPoolId }));
  const { UsernameAttributes = [], AliasAttributes = [], SchemaAttributes = [] } = UserPool;
  const schema = new Map(SchemaAttributes.map((attribute) => [attribute.Name, attribute]));
  return {
    name: UserPool.Name,
    users: UserPool.EstimatedNumberOfUsers,
    // https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UsernameConfigurationType.html
    isCaseSensitive: UserPool.UsernameConfiguration?.CaseSensitive ?? true,
    autoVerified: UserPool.AutoVerifiedAttributes ?? [],
    // Admin calls take the sub, too. An address that is an alias beside the username is one only when it is verified.
    aliasesOf: (attributes) => [
      'sub',
      ...UsernameAttributes,
      ...AliasAttributes.filter((alias) => {
        const flag = CONTACTS.find(({ contact }) => contact === alias)?.flag;
        return flag === undefined || attributes[flag] === 'true';
      }),
    ],
    newUsers: {
      // Cognito gives the sub.
      required: SchemaAttributes.flatMap(({ Name, Required }) => (Name && Name !== 'sub' && Required ? [Name] : [])),
      signIn: UsernameAttributes,
      aliases: AliasAttributes,
    },
    complaint: (name, occasion) => {
      if (schema.size === 0 || name.startsWith('dev:')) return undefined;
      const attribute = schema.get(name);
      if (!attribute) return "the pool's schema does not have it";
      if (occasion === 'creation') return undefined;
      if (attribute.Mutable === false) return 'it is immutable: Cognito takes it at creation alone';
      return occasion === 'deletion' && attribute.Required ? 'the pool requires it, so it cannot go' : undefined;
    },
  };
};
