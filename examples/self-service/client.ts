/** The API as an app calls it: typed by the attributes of this example, and with what it refuses as errors. */
import type { ContactName, Metadata, ReadableName, WritableName } from './attributes';

export type Attributes = Partial<Record<ReadableName, string>>;
/** A text sets, null deletes, and what is left out stays. */
export type Change = Partial<Record<WritableName, string | null>>;

/** Where a code went; Cognito masks the destination. */
export type SentCode = { attribute: ContactName; medium: 'EMAIL' | 'SMS'; destination: string };

/** RFC 9457, with one entry in `errors` for each part of the body that is wrong. */
export interface ProblemDetails {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
  readonly errors?: readonly { readonly code: string; readonly detail: string; readonly pointer: string }[];
}

export class ProblemError extends Error {
  constructor(readonly problem: ProblemDetails) {
    super(problem.title);
  }

  /** What a page can translate, such as `code-mismatch`; undefined where API Gateway refused. */
  get code(): string | undefined {
    return this.problem.type.split('#')[1];
  }

  /** What is wrong with an attribute's value. */
  errorOf(name: string) {
    return this.problem.errors?.find(({ pointer }) => pointer === `#/attributes/${encodeURIComponent(name)}`);
  }
}

/** @param language what the messages shall be written in; where nothing is said, what the browser prefers */
export const attributesClient = (url: string, accessToken: string, language?: string) => {
  const authorized = { authorization: `Bearer ${accessToken}`, ...(language && { 'accept-language': language }) };
  const ask = async <T>(method: string, path: string, sent?: object): Promise<T> => {
    const headers = sent ? { ...authorized, 'content-type': 'application/json' } : authorized;
    const response = await fetch(url + path, { method, headers, body: sent && JSON.stringify(sent) });
    const text = await response.text();
    const answer = text.startsWith('{') ? JSON.parse(text) : {}; // what stands between may answer with a page
    if (response.ok) return answer as T;
    const unknown = { type: 'about:blank', title: `HTTP ${response.status}`, status: response.status };
    throw new ProblemError({ ...unknown, ...answer });
  };
  const one = (name: WritableName, what: string) => `/${encodeURIComponent(name)}${what}`;
  type Sent = Promise<{ readonly codesSent: readonly SentCode[] }>;
  return {
    read: async () => (await ask<{ attributes: Attributes }>('GET', '')).attributes,
    change: (attributes: Change, clientMetadata?: Metadata): Sent => ask('PATCH', '', { attributes, clientMetadata }),
    /** To the address that is there; one that waits for its code takes another `change`. */
    sendCode: (name: ContactName, clientMetadata?: Metadata): Sent =>
      ask('POST', one(name, '/verification-code'), { clientMetadata }),
    confirm: (name: ContactName, code: string): Promise<object> => ask('POST', one(name, '/verification'), { code }),
    remove: (name: WritableName): Promise<object> => ask('DELETE', one(name, '')),
  };
};
export type AttributesClient = ReturnType<typeof attributesClient>;
