/**
 * The CustomMessage trigger: Cognito asks it for the words of a message before it sends one. An event that comes back
 * unchanged means Cognito's own words, and that is the answer to everything unforeseen.
 */
import { join } from 'node:path';
import { MESSAGES_FOLDER } from '../lib/private/contracts/message';
import { customMessages } from './message/messages';

const messages = customMessages({ directory: join(__dirname, MESSAGES_FOLDER) });

export const handler = async (event: unknown): Promise<unknown> => messages.respond(event);

/** For the preview, which shows what this very code makes of the messages beside it. */
export const { render } = messages;
