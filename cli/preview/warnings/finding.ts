/** What an author should see to, or should know. */
export interface Finding {
  /** A warning is something to change; a note is how things are. */
  readonly level: 'warning' | 'note';
  /** What findings of one kind have in common: the overview counts by it. */
  readonly kind: string;
  readonly text: string;
}

/** Plain words for a kind of finding. */
export type Finder = (kind: string, text: string) => Finding;

export const warning: Finder = (kind, text) => ({ level: 'warning', kind, text });
export const note: Finder = (kind, text) => ({ level: 'note', kind, text });

/** `1 image`, `3 images` */
export const count = (number: number, one: string, many = `${one}s`): string =>
  `${number} ${number === 1 ? one : many}`;

/** `a, b and 3 more` */
export function list(items: readonly string[], most = 4): string {
  if (items.length > most) return `${items.slice(0, most).join(', ')} and ${items.length - most} more`;
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items[items.length - 1]}`;
}
