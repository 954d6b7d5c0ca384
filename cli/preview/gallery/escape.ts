import mustache from 'mustache';

/** As mustache escapes whatever stands in `{{ }}`. */
export const escapeHtml = (text: string): string => mustache.escape(text);
