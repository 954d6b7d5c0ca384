/** What people say of themselves, and by which rules: the stack declares them, the page checks them before it asks. */
export const RULES = {
  given_name: { maxLength: 60 },
  nickname: { maxLength: 30, pattern: '[\\p{L}\\p{N}][\\p{L}\\p{N} ._\\-]*' },
  locale: { values: ['en', 'de'] },
  email: { maxLength: 254 },
  phone_number: { maxLength: 16 },
  'custom:theme': { values: ['light', 'dark'] },
};

export type WritableName = keyof typeof RULES;
export type ContactName = 'email' | 'phone_number';
export type ReadableName = WritableName | `${ContactName}_verified` | 'custom:tenant';

/** What a page may say of why somebody changes something: it chooses the words of the message that asks for the code. */
export const CAMPAIGNS = ['paperless'] as const;
export interface Metadata {
  readonly campaign?: (typeof CAMPAIGNS)[number];
}
