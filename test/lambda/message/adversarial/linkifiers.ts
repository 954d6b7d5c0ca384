import { linkifyit } from 'linkify-it';
import tlds from 'tlds';

const linkify = linkifyit().tlds([...tlds]);
linkify.set({ fuzzyLink: true, fuzzyEmail: true, fuzzyIP: true });

// What mail clients are known to link besides: any scheme with two slashes, `www.` and whatever follows, telephone numbers
// by their scheme, addresses without a top level, network shares.
const CLIENTS =
  /[a-z][a-z\d+-]*:\/\/\S+|(?<![a-z\d])www\.[^\s.<>]\S*|(?<![a-z\d_])(?:mailto|tel|sms|ftp|file|sip|skype|facetime|javascript):[^\s:<>]\S*|[^\s@<>]+@[^\s@<>]+|(?:\/\/|\\\\)[^\s/\\]\S*/giu;

/** What a mail client would link in a text. */
export function linksIn(text: string): string[] {
  return [...(linkify.match(text) ?? []).map(({ raw }) => raw), ...(text.match(CLIENTS) ?? [])];
}
