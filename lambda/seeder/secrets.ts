import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { ReadSecret } from './passwords';

/** The current version of a secret. One of bytes has no text. */
export const secretReader =
  (client: SecretsManagerClient): ReadSecret =>
  async (arn) => {
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: arn }));
    return SecretString;
  };
