import { ExistingValues } from '../../../existing-values';
import { cognitosName } from '../../attribute-names';
import type { KeptAttributes } from '../../contracts/seed';
import { checkKey } from '../../seed-file/rules/names';
import type { Problem } from '../../seed-file/rules/problem';
import { nearest } from '../nearest';
import type { BoundSource } from '../sources/bound-source';
import type { Finding } from '../../finding';

export const keeps = (kept: KeptAttributes, name: string): boolean => kept === 'ALL' || kept.includes(name);

export const DELETES_KEPT: Problem = {
  rule: 'existing values of it are kept, and a blank value would delete them',
  remedy: 'leave it out, or let existingValues overwrite it',
};

/** What is wrong with what is kept, beside what is declared. */
export const checkExistingValues = (existingValues: unknown, source: BoundSource): Finding[] => {
  if (existingValues === undefined) return [];
  if (!(existingValues instanceof ExistingValues)) {
    return [
      {
        rule: 'existingValues must be an ExistingValues',
        remedy: 'declare ExistingValues.KEEP or ExistingValues.keeping(…), or leave it out for OVERWRITE',
      },
    ];
  }
  const { _kept } = existingValues;
  if (_kept === 'ALL' || existingValues === ExistingValues.OVERWRITE) return [];
  if (_kept.length === 0) return [NO_NAME];
  const declared = declaredNames(source);
  return _kept.flatMap((name) => checkName(name, declared));
};

const NO_NAME: Problem = {
  rule: 'ExistingValues.keeping() names no attribute',
  remedy: 'name those whose values are kept, or declare ExistingValues.KEEP for all',
};

const checkName = (name: unknown, declared: ReadonlySet<string> | undefined): Finding[] => {
  if (typeof name !== 'string') {
    return [{ rule: 'ExistingValues.keeping() takes names of attributes', remedy: 'declare texts' }];
  }
  const cognitos = cognitosName(name);
  if (cognitos === undefined) {
    const problem = checkKey(name);
    const isMisspelt = name !== 'sub' && declared !== undefined && declared.size > 0;
    return [{ attribute: name, ...problem, ...(isMisspelt && { remedy: meantBy(name, declared) }) }];
  }
  if (cognitos.endsWith('_verified')) {
    const contact = cognitos.replace(/_verified$/, '');
    return [
      { attribute: cognitos, rule: 'it goes with its address and cannot be kept alone', remedy: `name ${contact}` },
    ];
  }
  if (!declared || declared.has(cognitos)) return [];
  return [
    {
      attribute: cognitos,
      rule: 'its existing values are to be kept, and nobody declares it',
      remedy: declared.size === 0 ? 'declare it' : meantBy(name, declared),
    },
  ];
};

const meantBy = (name: string, declared: ReadonlySet<string>): string => {
  const names = [...declared].sort();
  const near = nearest(withoutPrefix(name), names.map(withoutPrefix));
  const meant = names.find((candidate) => withoutPrefix(candidate) === near);
  return meant === undefined
    ? `name one of those that are declared: ${names.join(', ')}`
    : `write '${meant.replace(/^custom:/, 'custom.').replace(/^dev:/, 'developer.')}'`;
};

const withoutPrefix = (name: string): string => name.replace(/^(custom|dev|developer)[:.]/, '');

/** @returns undefined where only the deployment knows, or something else is wrong */
const declaredNames = ({ source, users }: BoundSource): ReadonlySet<string> | undefined => {
  if (source.kind === 'existing') return new Set(Object.keys(source.existing.attributes));
  if (!users || users.length === 0) return undefined;
  const names = new Set<string>();
  for (const { attributes } of users) for (const name in attributes) names.add(name);
  return names;
};
