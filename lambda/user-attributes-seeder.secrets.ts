/** What the seeder loads only where a password comes out of a secret. */
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { passwordsFrom } from './seeder/passwords';
import { secretReader } from './seeder/secrets';

const client = new SecretsManagerClient({ maxAttempts: 5 });

export const createPasswords = () => passwordsFrom(secretReader(client));
