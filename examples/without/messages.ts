/** The CustomMessage trigger: invitations, and codes for a changed address, in English and German. */
import type { CustomMessageTriggerEvent } from 'aws-lambda';

interface Message {
  readonly subject: string;
  readonly html: string;
}

const escape = (text: string): string => text.replace(/[&<>"'{}]/g, (character) => `&#${character.charCodeAt(0)};`);

const INVITATIONS: Record<string, (name: string, username: string, code: string) => Message> = {
  en: (name, username, code) => ({
    subject: 'Welcome to Blue Harbour',
    html: `<p>Hello ${name},</p><p>sign in as <b>${username}</b> with the password <b>${code}</b>.</p>`,
  }),
  de: (name, username, code) => ({
    subject: 'Willkommen bei Blue Harbour',
    html: `<p>Hallo ${name},</p><p>melden Sie sich als <b>${username}</b> mit dem Passwort <b>${code}</b> an.</p>`,
  }),
};

const CHANGES: Record<string, (name: string, code: string) => Message> = {
  en: (name, code) => ({
    subject: 'Confirm your new address',
    html: `<p>Hello ${name},</p><p>your code is <b>${code}</b>.</p>`,
  }),
  de: (name, code) => ({
    subject: 'Bestätigen Sie Ihre neue Adresse',
    html: `<p>Hallo ${name},</p><p>Ihr Code ist <b>${code}</b>.</p>`,
  }),
};

export const handler = async (event: CustomMessageTriggerEvent): Promise<CustomMessageTriggerEvent> => {
  const { codeParameter, usernameParameter, userAttributes } = event.request;
  const language = (userAttributes.locale ?? '').toLowerCase().split(/[-_]/)[0] === 'de' ? 'de' : 'en';
  const name = escape(userAttributes.given_name ?? userAttributes.nickname ?? event.userName);
  let message: Message | undefined;
  switch (event.triggerSource) {
    case 'CustomMessage_AdminCreateUser':
      message = INVITATIONS[language](name, usernameParameter!, codeParameter);
      break;
    case 'CustomMessage_UpdateUserAttribute':
    case 'CustomMessage_VerifyUserAttribute':
      message = CHANGES[language](name, codeParameter);
      break;
  }
  if (message) {
    event.response.emailSubject = message.subject;
    event.response.emailMessage = message.html;
  }
  return event;
};
