/** What only the deployment knows: it stands in a text as its description between marks that no value of Cognito's holds. */
const MARK = '\u0000';

export const deferred = (description: string): string => `${MARK}${description}${MARK}`;

export const isDeferred = (text: string): boolean => text.includes(MARK);

/** The text with the descriptions in it. */
export const described = (text: string): string => text.replaceAll(MARK, '');

/** Names of the attributes whose values are known at deployment only. */
export const deferredNames = (attributes: Readonly<Record<string, string>>): string[] =>
  Object.keys(attributes).filter((name) => isDeferred(attributes[name]));
