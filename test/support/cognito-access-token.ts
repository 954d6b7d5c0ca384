import { createPublicKey, verify } from 'node:crypto';
import type { JsonWebKey } from 'node:crypto';

export interface AccessClaims {
  readonly client_id: string;
  readonly exp: number;
  readonly iss: string;
  readonly scope?: string;
  readonly sub: string;
  readonly token_use: string;
  readonly username: string;
}

const json = (part: string | undefined): unknown => JSON.parse(Buffer.from(part ?? '', 'base64url').toString('utf8'));

/** The claims of a token that Cognito would accept, or what it would say. cognito-local looks at neither signature nor expiry. */
export const verifyAccessToken = (token: unknown, key: JsonWebKey): AccessClaims | string => {
  try {
    const [header, payload, signature] = String(token).split('.');
    const signed = Buffer.from(`${header}.${payload}`);
    const publicKey = createPublicKey({ key, format: 'jwk' });
    if (!verify('RSA-SHA256', signed, publicKey, Buffer.from(signature ?? '', 'base64url')))
      return 'Invalid Access Token';
    const claims = json(payload) as AccessClaims;
    if (claims.token_use !== 'access') return 'Invalid Access Token';
    if (claims.exp * 1000 <= Date.now()) return 'Access Token has expired';
    if (!claims.scope?.split(' ').includes('aws.cognito.signin.user.admin'))
      return 'Access Token does not have required scopes';
    return claims;
  } catch {
    return 'Invalid Access Token';
  }
};
