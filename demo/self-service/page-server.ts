/** The page of the self-service example with everything behind it, on this machine alone. */
import { buildPage } from '../../examples/self-service/build-page';
import type { InboxMessage } from '../../examples/self-service/page-config';
import { listen } from '../../test/support/http';
import type { SeedUser } from '../../test/support/local-cognito';
import { type LocalSelfService, startSelfService } from './local';

export interface LocalPage extends LocalSelfService {
  readonly url: string;
}

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  json: 'application/json',
};
const HEADERS = { 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', 'x-content-type-options': 'nosniff' };
/** A meta element cannot say this. */
const PAGE_POLICY = "frame-ancestors 'none'";
/** An e-mail has its style in itself, as mail clients want it; all else is as dead as there. */
const MAIL_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox";

type Answer = readonly [body: string, policy?: string];

export const startLocalPage = async (users: readonly SeedUser[], port?: number): Promise<LocalPage> => {
  // The API has to know the page's origin, and the page the API's.
  let answerTo: (name: string) => Answer | undefined = () => undefined;
  const server = await listen(({ url = '/' }, response) => {
    const name = url.split('?')[0].slice(1) || 'index.html';
    const [body, policy = "default-src 'none'"] = answerTo(name) ?? [];
    if (body === undefined) return void response.writeHead(404, HEADERS).end();
    const type = TYPES[name.slice(name.lastIndexOf('.') + 1)];
    response.writeHead(200, { ...HEADERS, 'content-type': type, 'content-security-policy': policy }).end(body);
  }, port);
  const local = await startSelfService(users, server.endpoint);
  const files = await buildPage({ ...local.config, inbox: INBOX });
  answerTo = (name) => {
    if (name === INBOX) return [JSON.stringify(inboxOf(local))];
    const [, number] = /^inbox\/(\d+)\.html$/.exec(name) ?? [];
    const mail = local.cognito.deliveries[Number(number)]?.emailMessage;
    if (mail !== undefined) return [mail, MAIL_POLICY];
    return Object.hasOwn(files, name) ? [files[name], PAGE_POLICY] : undefined;
  };
  return {
    ...local,
    url: `${server.endpoint}/`,
    stop: async () => {
      await server.stop();
      await local.stop();
    },
  };
};

const INBOX = 'inbox.json';

const inboxOf = ({ cognito }: LocalSelfService): InboxMessage[] =>
  cognito.deliveries.map(({ destination, emailSubject, emailMessage, smsMessage }, index) =>
    emailMessage === undefined
      ? { to: destination, text: smsMessage }
      : { to: destination, subject: emailSubject, url: `inbox/${index}.html` },
  );
