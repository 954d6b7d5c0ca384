/** Does to a rendered message what Cognito does before it sends it: puts the code, the name and the link in, unescaped. */
import { INVITATION_SOURCE } from '../../lib/private/contracts/message';
import type { Rendering } from './runtime';

const SAMPLE_CODE = '482913';

/** As awkward as one may be and still stand in HTML: no letter follows the `<`, and the `&` begins no entity. */
export const SAMPLE_PASSWORD = 'aB3$x&9<7q';

/** Of characters that Cognito's own passwords may have too. A letter after the `<` makes a tag of the rest. */
export const HARMFUL_PASSWORD = 'aB3$x&9<q';

/** Not `{####}`, which is the code. */
const LINK = /\{##([^{}]+?)##\}/g;

export interface Filling {
  readonly source: string;
  readonly userName: string;
  readonly password?: string;
}

/** The words of a message. */
export type Texts = Pick<Rendering, 'emailSubject' | 'emailMessage' | 'smsMessage'>;

export function fill(texts: Texts, { source, userName, password = SAMPLE_PASSWORD }: Filling): Texts {
  const isInvitation = source === INVITATION_SOURCE;
  // Functions, so that a `$` of a value is no pattern of the replacement.
  const fillCode = (text: string): string => {
    const withCode = text.replaceAll('{####}', () => (isInvitation ? password : SAMPLE_CODE));
    return isInvitation ? withCode.replaceAll('{username}', () => userName) : withCode;
  };
  return {
    ...texts,
    ...(texts.emailMessage !== undefined && {
      emailMessage: fillCode(texts.emailMessage.replace(LINK, (_, label: string) => `<a href="#">${label}</a>`)),
    }),
    ...(texts.smsMessage !== undefined && { smsMessage: fillCode(texts.smsMessage) }),
  };
}
