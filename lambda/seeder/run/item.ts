import type { Planned } from '../plan-rows';
import type { Change } from '../settle';

/** What a run has changed of a user, to be undone by another. */
export interface Undoing {
  /** In the author's file; 0 where there is none. */
  readonly line: number;
  readonly undo: Change;
  /** The `sub` of the user whom it has created. */
  readonly created?: string;
}

/** One line of a chunk. */
export type Item = Planned | Undoing;

export const isUndoing = (item: Item): item is Undoing => 'undo' in item;

/** As declared. */
export const nameOf = (item: Item): string => (isUndoing(item) ? item.undo.declaredAs : item.intent.username);

/** Whether the user is one of the declaration's, and not one who has left it. */
export const isDeclared = (item: Item): boolean => (isUndoing(item) ? item.undo.declared : item.intent.declared);
