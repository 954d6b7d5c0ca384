import type { InboxMessage } from '../page-config';
import { h } from './dom';
import { words } from './words';

export interface Inbox {
  readonly element: HTMLElement;
  look(): Promise<void>;
}

/**
 * What a local demo has delivered. An e-mail's body is a page with a policy of its own in a frame in which nothing runs; as `srcdoc`
 * it would stand under the policy of this page, and without its style.
 */
export const inboxPanel = (url: string): Inbox => {
  const list = h('div', { className: 'messages' });
  const message = ({ to, subject, url: body, text }: InboxMessage): HTMLElement => {
    const frame = body !== undefined && h('iframe', { title: subject, src: body });
    if (frame) frame.setAttribute('sandbox', '');
    const summary = h('summary', {}, frame ? words.emailTo(to) : words.smsTo(to), h('strong', {}, subject ?? ''));
    return h('details', {}, summary, frame || h('p', { className: 'bubble' }, text));
  };
  const look = async (): Promise<void> => {
    const messages = (await (await fetch(url)).json()) as InboxMessage[];
    const fresh = messages.slice(list.querySelectorAll('details').length).map(message);
    if (fresh.length > 0) list.querySelector('.hint')?.remove();
    else if (messages.length === 0) list.replaceChildren(h('p', { className: 'hint' }, words.inboxEmpty));
    list.prepend(...fresh.reverse());
    for (const [index, details] of list.querySelectorAll('details').entries()) details.open = index === 0;
  };
  const lead = h('p', { className: 'hint' }, words.inboxLead);
  return { element: h('aside', { className: 'card inbox' }, h('h2', {}, words.inbox), lead, list), look };
};
