import { wantedResult } from '../../lib/private/contracts/seed-results';
import type { Cognito } from './cognito';

/** The custom resource's attributes for users whom the stack asks for; blank where the pool does not have them. */
export const wantedAttributes = async (
  wanted: Readonly<Record<string, string>>,
  cognito: Pick<Cognito, 'read'>,
): Promise<Record<string, string>> => {
  const attributes: Record<string, string> = {};
  for (const [key, name] of Object.entries(wanted)) {
    const user = await cognito.read(name);
    const { sub, username } = wantedResult(key);
    attributes[sub] = user?.attributes.sub ?? '';
    attributes[username] = user?.username ?? '';
  }
  return attributes;
};
