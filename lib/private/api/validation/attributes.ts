import { Token } from 'aws-cdk-lib';
import type { CfnUserPool } from 'aws-cdk-lib/aws-cognito';
import type { WritableAttribute } from '../../../writable-attribute';
import { CONTACTS } from '../../contracts/api';
import type { Finding, Problem } from '../../finding';
import { type PoolSchema, poolSchema } from '../../pool-schema';
import { isStandard } from '../../schema-entries';
import { checkName } from '../../seed-file/rules/names';
import { checkValue } from '../../seed-file/rules/values';
import { checkRule } from '../../text-rule';
import { attributeName, attributeNames, type DeclaredApi, writableNames } from '../definition';
import { keepsOriginal } from './originals';

const LONGEST_VALUE = 2048;

/** All that is wrong with the attributes that people may read and change. */
export const checkAttributes = (
  declared: DeclaredApi,
  pool: CfnUserPool | undefined,
  sensitivity: (name: string) => string | undefined,
): Finding[] => {
  const schema = pool && poolSchema(pool, false);
  const sensitive = new Set(attributeNames(declared.sensitive));
  const writable = writableNames(declared);
  return [
    ...declared.writable.flatMap((attribute) => checkWritable(attribute, schema)),
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
    ...(declared.readable ?? []).flatMap((name) => checkReadable(name, schema)),
    ...declared.sensitive.flatMap((name) => {
      const attribute = attributeName(name);
      return attribute !== undefined && writable.includes(attribute) ? [] : [{ attribute: name, ...NOT_WRITABLE }];
    }),
  ];
};

const checkWritable = (declared: WritableAttribute, schema: PoolSchema | undefined): Finding[] => {
  const name = known(declared._name);
  if (typeof name !== 'string') return [{ attribute: String(declared._name), ...name }];
  const problems = checkUse(name);
  if (problems.length > 0) return problems.map((problem) => ({ attribute: name, ...problem }));
  return [
    ...(schema?.check(name, undefined) ?? []),
    ...checkRule(declared, LONGEST_VALUE).map(inTwo),
    ...(Array.isArray(declared._values) ? declared._values : [])
      .filter((value) => typeof value === 'string' && !Token.isUnresolved(value))
      .flatMap((value) => [...checkValue(name, value), ...(schema?.check(name, value) ?? [])])
      .filter((problem, index, all) => all.findIndex(({ rule }) => rule === problem.rule) === index),
  ].map((problem) => ({ attribute: name, ...problem }));
};

const checkReadable = (declared: string, schema: PoolSchema | undefined): Finding[] => {
  const name = known(declared);
  if (typeof name !== 'string') return [{ attribute: String(declared), ...name }];
  const isUnknown =
    schema && !isStandard(name) && schema.check(name, undefined).some(({ rule }) => /does not have/.test(rule));
  return [...checkName(name), ...(isUnknown ? [UNKNOWN] : [])].map((problem) => ({ attribute: name, ...problem }));
};

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

const UNKNOWN: Problem = {
  rule: "the user pool's schema does not have it",
  remedy: "add it to the pool's customAttributes, or correct the name",
};

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
