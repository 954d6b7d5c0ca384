/** The figures of a plan in words. */
import type { DeferredUser } from '../declaration/declaration';
import type { Action } from '../step/entry';
import type { Tally } from '../step/tally';
import { count, number } from './words';

/** @param isLeftOut whether missing users are no failure */
export const summaryParts = (tally: Tally, deferred: readonly DeferredUser[], isLeftOut: boolean): string[] => {
  const users = deferred.filter(({ username }) => username !== undefined).length;
  return [
    ...usersToDo(tally, changesOf(tally)),
    ...(tally.missing > 0 ? [`${number(tally.missing)} missing${isLeftOut ? ' (left out)' : ''}`] : []),
    ...(users > 0 ? [`${number(users)} known at deployment only`] : []),
    ...(users < deferred.length ? ['values known at deployment only'] : []),
    `${number(tally.unchanged)} unchanged`,
    ...(tally.kept > 0 ? [`${count(tally.kept, 'value')} kept`] : []),
  ];
};

/**
 * `1 user to create, 2 to change (3 attributes to add), 1 to delete`
 *
 * @param changes what is changed
 */
export const usersToDo = (
  { created, changed, deleted }: Pick<Tally, 'created' | 'changed' | 'deleted'>,
  changes?: string,
): string[] =>
  counted(
    [
      [created, 'to create'],
      [changed - created - deleted, changes === undefined ? 'to change' : `to change (${changes})`],
      [deleted, 'to delete'],
    ],
    'user',
  );

const changesOf = ({ attributes, groups, enabled, disabled, passwords }: Tally): string =>
  [
    ...counted(
      (['add', 'change', 'delete', 'restore'] satisfies Action[]).map((action) => [attributes[action], `to ${action}`]),
      'attribute',
    ),
    ...counted(
      [
        [groups.join, 'to join'],
        [groups.leave, 'to leave'],
      ],
      'group',
    ),
    ...counted(
      [
        [enabled, 'to enable'],
        [disabled, 'to disable'],
      ],
      'user',
    ),
    ...counted([[passwords, 'to set']], 'password'),
  ].join(', ');

/** What there is of a kind, called by its name once. */
const counted = (figures: readonly (readonly [number, string])[], noun: string): string[] =>
  figures
    .filter(([figure]) => figure > 0)
    .map(([figure, what], index) => `${index === 0 ? count(figure, noun) : number(figure)} ${what}`);
