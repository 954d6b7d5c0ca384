import { INVITATION_SOURCE } from '../contracts/message';
import type { Value } from './pieces';

/** What Cognito fills in after the function has answered, as it usually stands in the answer. */
export const PLACEHOLDERS = { code: '{####}', username: '{username}', link: '{##Click here##}' } as const;

/** Whether Cognito fills it in, rather than the function. */
export const isPlaceholder = ({ variable: { kind } }: Value, source: string): boolean =>
  kind === 'code' || kind === 'link' || (kind === 'username' && source === INVITATION_SOURCE);
