import { Token } from 'aws-cdk-lib';
import type { CfnUserPool } from 'aws-cdk-lib/aws-cognito';
import type { WritableAttribute } from '../../../writable-attribute';
import { CONTACTS, MAX_VALUE_LENGTH } from '../../contracts/api';
import type { Finding, Problem } from '../../finding';
import { poolSchema } from '../../pool-schema';
import { isStandard } from '../../schema-entries';
import { checkName } from '../../seed-file/rules/names';
import { checkValue } from '../../seed-file/rules/values';
import { checkRule } from '../../text-rule';
import { attributeName, attributeNames, type DeclaredApi, writableNames } from '../definition';
import { isImmutable } from './immutable';
import { keepsOriginal } from './originals';

/** All that is wrong with the attributes that people may read and change. */
export const checkAttributes = (
  declared: DeclaredApi,
  pool: CfnUserPool | undefined,
  sensitivity: (name: string) => string | undefined,
): Finding[] => {
  const sensitive = new Set(attributeNames(declared.sensitive));
  const writable = writableNames(declared);
  return [
    ...declared.writable.flatMap((attribute) => checkWritable(attribute, pool)),
    ...repeated(declared.writable.map(({ _name }) => _name)).map((attribute) => ({ attribute, ...TWICE })),
    ...writable.flatMap((attribute) => {
      const reason = sensitive.has(attribute) ? undefined : sensitivity(attribute);
      return reason === undefined ? [] : [{ attribute, ...doubtful(reason) }];
    }),
    ...writable.flatMap((attribute) =>
      pool && CONTACTS.includes(attribute) && keepsOriginal(pool, attribute) === false
        ? [{ attribute, ...takesOver(attribute) }]
        : [],
    ),
    ...(declared.readable ?? []).flatMap((name) => checkReadable(name, pool)),
    ...declared.sensitive.flatMap((declaredName) => {
      const name = known(declaredName);
      if (typeof name !== 'string') return [{ attribute: String(declaredName), ...name }];
      return writable.includes(name) ? [] : [{ attribute: name, ...NOT_WRITABLE }];
    }),
  ];
};

const checkWritable = (declared: WritableAttribute, pool: CfnUserPool | undefined): Finding[] => {
  const name = known(declared._name);
  if (typeof name !== 'string') return [{ attribute: String(declared._name), ...name }];
  const unfit = checkUse(name);
  if (unfit.length > 0) return unfit.map((problem) => ({ attribute: name, ...problem }));
  const problems = [
    ...checkSchema(pool, name, undefined),
    ...(isImmutable(pool, name) ? [immutable(name)] : []),
    ...checkRule(declared, MAX_VALUE_LENGTH).map(inTwo),
    ...(Array.isArray(declared._values) ? declared._values : [])
      .filter((value) => typeof value === 'string' && value !== '' && !Token.isUnresolved(value))
      .filter(({ length }) => length <= MAX_VALUE_LENGTH)
      .flatMap((value) => [...checkValue(name, value), ...checkSchema(pool, name, value)]),
  ];
  return problems
    .filter(({ rule }, index) => problems.findIndex((other) => other.rule === rule) === index)
    .map((problem) => ({ attribute: name, ...problem }));
};

const checkReadable = (declared: string, pool: CfnUserPool | undefined): Finding[] => {
  const name = known(declared);
  if (typeof name !== 'string') return [{ attribute: String(declared), ...name }];
  const problems = checkName(name);
  return (problems.length > 0 ? problems : checkSchema(pool, name, undefined)).map((problem) => ({
    attribute: name,
    ...problem,
  }));
};

/** Whether the pool could have an attribute: of others there is nothing more to say. */
export const isReadable = (name: string, pool: CfnUserPool | undefined): boolean =>
  checkName(name).length === 0 && checkSchema(pool, name, undefined).length === 0;

export const isWritable = (name: string, pool: CfnUserPool | undefined): boolean =>
  checkUse(name).length === 0 && isReadable(name, pool);

/** As if users were created: what is immutable is no mistake to everybody, and reported in words of our own. */
const checkSchema = (pool: CfnUserPool | undefined, name: string, value: string | undefined): Problem[] =>
  (pool && poolSchema(pool, true)?.check(name, value)) ?? [];

/** Cognito's name, or why there is none. */
const known = (name: unknown): string | Problem => {
  if (typeof name !== 'string' || Token.isUnresolved(name)) {
    return { rule: 'a name must be a text that is known at synth', remedy: 'write it out' };
  }
  return (
    attributeName(name) ?? {
      rule: 'there is no standard attribute of this name',
      remedy: `correct it, or name a custom attribute custom:${name}`,
    }
  );
};

const checkUse = (name: string): Problem[] => {
  if (name === 'sub')
    return [{ rule: 'Cognito sets it and nobody can change it', remedy: 'leave it out, or list it in readable' }];
  if (name === 'email_verified' || name === 'phone_number_verified') {
    return [
      {
        rule: 'Cognito sets it when its owner confirms a code, and nobody may say so themselves',
        remedy: 'list it in readable',
      },
    ];
  }
  if (name.startsWith('dev:')) {
    return [{ rule: 'a developer-only attribute is for administrators', remedy: 'leave it out' }];
  }
  return checkName(name);
};

/** A rule and its remedy, which the rules of texts have in one. */
const inTwo = (text: string): Problem => {
  const [rule, remedy] = text.split(/: (.*)/s);
  return { rule, remedy };
};

const repeated = (names: readonly string[]): string[] => {
  const known = names.flatMap((name) => attributeName(name) ?? []);
  return [...new Set(known.filter((name, index) => known.indexOf(name) !== index))];
};

const TWICE: Problem = { rule: 'it is listed twice in writable', remedy: 'keep one of the two' };

const immutable = (name: string): Problem => ({
  rule: 'the pool declares it immutable, so nobody can change it',
  remedy: isStandard(name)
    ? 'declare it with { mutable: true } in standardAttributes, or leave it out'
    : 'leave it out, or add another with { mutable: true } (an existing attribute cannot be changed)',
});

const NOT_WRITABLE: Problem = {
  rule: 'it is listed in sensitive, and nobody may write it anyway',
  remedy: 'correct the name, or leave it out',
};

const doubtful = (reason: string): Problem => ({
  rule: `${reason}, and whoever may write it could give it to themselves`,
  remedy: 'leave it out of writable; if people may decide it themselves, list it in sensitive too',
});

const takesOver = (name: string): Problem => ({
  rule: 'the pool does not keep the original address until the new one is confirmed, so a mistyped or somebody else’s address would take its place at once',
  remedy: `declare keepOriginal: { ${name === 'email' ? 'email' : 'phone'}: true } and autoVerify of the UserPool`,
});
