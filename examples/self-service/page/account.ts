import { CAMPAIGNS } from '../attributes';
import { type Attributes, attributesClient } from '../client';
import type { PageConfig } from '../page-config';
import { contactRow } from './contact';
import { h } from './dom';
import { inboxPanel } from './inbox';
import { profileCard } from './profile';
import type { Session } from './session';
import { words } from './words';

/**
 * All that is shown to somebody who has signed in.
 *
 * @param end called when the token is no longer good, with the reason
 */
export const accountView = async (
  { attributesUrl, inbox: inboxUrl }: PageConfig,
  token: string,
  end: Session['end'],
): Promise<HTMLElement> => {
  const client = (language?: string) => attributesClient(attributesUrl, token, language);
  const wanted = new URLSearchParams(location.search).get('campaign');
  const campaign = CAMPAIGNS.find((known) => known === wanted);
  const inbox = inboxUrl === undefined ? undefined : inboxPanel(inboxUrl);
  const session: Session = {
    api: client(),
    metadata: { campaign },
    lookIntoInbox: async () => inbox?.look(),
    end,
  };

  const heading = h('h1', { tabIndex: -1 });
  const read = async (): Promise<Attributes> => {
    const attributes = await session.api.read();
    const name = attributes.nickname ?? attributes.given_name;
    heading.textContent = name === undefined ? words.account : words.hello(name);
    session.api = client(attributes.locale); // else, messages are in the browser's language
    document.documentElement.dataset.theme = attributes['custom:theme'] ?? '';
    return attributes;
  };
  const attributes = await read();
  await inbox?.look();
  const contacts = h(
    'section',
    { className: 'card' },
    h('h2', {}, words.contacts),
    contactRow(session, 'email', attributes, read),
    contactRow(session, 'phone_number', attributes, read),
  );
  return h(
    'div',
    { className: inbox ? 'account with-inbox' : 'account' },
    h(
      'div',
      { className: 'lead' },
      heading,
      h('p', { className: 'hint' }, words.accountLead),
      campaign && h('p', { className: 'campaign' }, words[campaign]),
    ),
    h('div', { className: 'cards' }, profileCard(session, attributes, read), contacts),
    inbox?.element,
  );
};
