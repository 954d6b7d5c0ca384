/** What people write by hand: so many loops over the users, with the SDK as it is. */
import {
  AdminUpdateUserAttributesCommand,
  CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import type { LoopTask } from './seed-contenders';
import { declaredOf, USER_POOL_ID, usernameOf } from './stand-in/users';

export const handler = async ({ users, loops, retryMode }: LoopTask): Promise<void> => {
  const client = new CognitoIdentityProviderClient({ retryMode });
  let next = 0;
  const loop = async () => {
    for (let user = next++; user < users; user = next++) {
      const command = new AdminUpdateUserAttributesCommand({
        UserPoolId: USER_POOL_ID,
        Username: usernameOf(user),
        UserAttributes: Object.entries(declaredOf(user)).map(([Name, Value]) => ({ Name, Value })),
      });
      // Whom the SDK gives up, the next user must not suffer for.
      await client.send(command).catch(() => undefined);
    }
  };
  await Promise.all(Array.from({ length: loops }, loop));
};
