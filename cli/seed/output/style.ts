import { createColors } from 'picocolors';
import type { Entry } from '../step/entry';

/** How a plan looks. */
export interface Style {
  readonly showValues: boolean;
  readonly colors: ReturnType<typeof createColors>;
  readonly signs: Readonly<Record<Entry['action'], string>>;
}

export const styleOf = (showValues: boolean, hasColors: boolean): Style => {
  const colors = createColors(hasColors);
  const { green, yellow, red } = colors;
  return { showValues, colors, signs: { create: green('+'), change: yellow('~'), delete: red('-') } };
};
