/** One mistake in a declaration: where, which rule, and what to do. Never the value, which may be somebody's. */
export interface Finding {
  /** As declared; absent where the mistake is the seeder's own. */
  readonly user?: string;
  /** Cognito's name of the attribute. */
  readonly attribute?: string;
  readonly rule: string;
  readonly remedy: string;
}

/** A rule that a value breaks, and the remedy. */
export type Problem = Pick<Finding, 'rule' | 'remedy'>;

export const inWords = ({ user, attribute, rule, remedy }: Finding): string => {
  const where = [
    ...(user === undefined ? [] : [`user ${quoted(user)}`]),
    ...(attribute === undefined ? [] : [`attribute ${quoted(attribute)}`]),
  ];
  return `${where.length > 0 ? `${where.join(', ')}: ` : ''}${rule}; ${remedy}`;
};

/** A name may be wrong because of what nobody can see in it. */
const quoted = (name: string): string =>
  `'${name.replace(/\p{C}/gu, (character) => `\\u${character.codePointAt(0)!.toString(16).padStart(4, '0')}`)}'`;
