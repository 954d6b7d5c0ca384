/**
 * Tokens that MiniStack's API Gateway takes: it knows a pool's keys from its own Cognito, and who signs in does so in
 * cognito-local.
 */
import { createHash, createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { signingKey } from '../support/cognito-local-internals';
import type { MiniStack } from './ministack';

const privateKey = createPrivateKey(signingKey);

/** Has a pool of MiniStack sign as cognito-local does. To be called before the first token is checked. */
export const lendKey = ({ stateDirectory }: MiniStack, userPoolId: string): void => {
  const keys = path.join(stateDirectory, 'cognito-pool-keys');
  mkdirSync(keys, { recursive: true });
  for (const use of ['access', 'id']) writeFileSync(path.join(keys, `${userPoolId}-${use}.pem`), signingKey);
};

/** The token that AWS would have issued: its issuer is AWS's, its key is named as MiniStack does. */
export const asOfAws = (token: string, { region }: MiniStack, userPoolId: string): string => {
  const claims = JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString('utf8')) as object;
  const der = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
  const head = { alg: 'RS256', kid: createHash('sha256').update(der).digest('base64') };
  const body = { ...claims, iss: `https://cognito-idp.${region}.amazonaws.com/${userPoolId}` };
  const signed = [head, body].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  return `${signed}.${sign('RSA-SHA256', Buffer.from(signed), privateKey).toString('base64url')}`;
};
