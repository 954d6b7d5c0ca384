import type { PasswordSource } from '../../../lib/private/contracts/seed-user';
import type { Made } from '../declaration/made';
import { described } from '../declaration/deferred';

/** Where a user's password comes from, and never the password. */
export interface Password {
  /** Of a generated one, the deployment makes the secret; one of Cognito's own is made up by Cognito. */
  readonly kind: 'generated' | 'secret' | 'temporary' | 'random' | 'cognito';
  /** Which secret, where there is one. */
  readonly secret?: string;
}

export const COGNITOS_OWN: Password = { kind: 'cognito' };

export const passwordOf = (source: PasswordSource, { generatedSecrets }: Made): Password => {
  if (source.kind === 'random') return { kind: 'random' };
  const description = described(source.secret);
  // Of an ARN, the end alone tells anything.
  const secret = description.replace(/^arn:.*:secret:/, '');
  if (source.temporary) return { kind: 'temporary', secret };
  return { kind: generatedSecrets.has(description) ? 'generated' : 'secret', secret };
};
