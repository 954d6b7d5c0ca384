import { reasonOf } from '../../preview/errors';
import { FileMistakes } from '../step/mistakes';
import { mistakesOf } from './mistakes';

/** Why something cannot be planned, line by line. */
export const reasonsOf = (error: unknown): string[] =>
  error instanceof FileMistakes ? mistakesOf(error) : [reasonOf(error)];
