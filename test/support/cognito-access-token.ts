import { createHmac, createPublicKey, sign, verify } from 'node:crypto';
import type { JsonWebKey } from 'node:crypto';
import { signingKeyPem } from './cognito-local-internals';

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

const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

export interface Signing {
  /** @default RS256 */
  readonly alg?: 'HS256' | 'none' | 'RS256';
  /** In PEM. @default - the pool's own */
  readonly key?: string;
  /** @default - the pool's own */
  readonly kid?: string;
}

/** A token that says whatever it is to say. */
export const signedToken = (claims: object, { alg = 'RS256', key = signingKeyPem, kid }: Signing = {}): string => {
  const signed = `${encoded({ alg, kid: kid ?? 'CognitoLocal' })}.${encoded(claims)}`;
  const signatures: Readonly<Record<typeof alg, () => string>> = {
    HS256: () => createHmac('sha256', key).update(signed).digest('base64url'),
    none: () => '',
    RS256: () => sign('RSA-SHA256', Buffer.from(signed), key).toString('base64url'),
  };
  return `${signed}.${signatures[alg]()}`;
};

export const claimsOf = (token: string): AccessClaims => json(token.split('.')[1]) as AccessClaims;

/** The public key that goes with the pool's own. */
export const publicKeyPem = (): string =>
  createPublicKey(signingKeyPem).export({ type: 'spki', format: 'pem' }).toString();
