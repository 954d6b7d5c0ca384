import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { ReadSecret } from './passwords';
import { youngPolicy } from './young-policy';

/** The current version of a secret. One of bytes has no text. */
export const secretReader = (client: SecretsManagerClient): ReadSecret => {
  const patiently = youngPolicy();
  return async (arn) => {
    const { SecretString } = await patiently(() => client.send(new GetSecretValueCommand({ SecretId: arn })));
    return SecretString;
  };
};
