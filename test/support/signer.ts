import type { IncomingMessage } from 'node:http';

/** The access key id with which a request is signed. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html */
export const signerOf = ({ headers: { authorization = '' } }: IncomingMessage): string | undefined =>
  /^AWS4-HMAC-SHA256 Credential=([^/,]+)\//.exec(authorization)?.[1];
