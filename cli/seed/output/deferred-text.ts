import type { DeferredUser } from '../declaration/declaration';

/** `alice: nickname and the group Shop/Staff are known at deployment only` */
export const deferredText = ({ username = 'every user', attributes, groups = [] }: DeferredUser): string => {
  const unknown = [...attributes, ...groups.map((group) => `the group ${group}`)];
  const what = [unknown.slice(0, -1).join(', '), unknown.at(-1) ?? 'the name'].filter(Boolean).join(' and ');
  return `${username}: ${what} ${unknown.length > 1 ? 'are' : 'is'} known at deployment only`;
};
