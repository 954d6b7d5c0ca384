import { ExistingValues } from '../../existing-values';
import { cognitosName } from '../attribute-names';
import type { KeptAttributes } from '../contracts/seed';

/** The attributes whose existing values are kept, by Cognito's names. Leaves out what the validation reports. */
export const keptAttributes = (existingValues: unknown): KeptAttributes => {
  if (!(existingValues instanceof ExistingValues)) return [];
  const { _kept } = existingValues;
  if (_kept === 'ALL') return _kept;
  const names = _kept.flatMap((name) => (typeof name === 'string' ? (cognitosName(name) ?? []) : []));
  return [...new Set(names)].sort();
};
