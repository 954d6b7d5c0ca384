import { Token } from 'aws-cdk-lib';
import type { CfnUserPool } from 'aws-cdk-lib/aws-cognito';
import type { MetadataKey } from '../../metadata-key';
import type { WritableAttribute } from '../../writable-attribute';
import { cognitosName } from '../attribute-names';
import { type ApiWire, CONTACTS, OPERATIONS, ROUTES, type WritableWire } from '../contracts/api';
import { aliases, requiredAttributes } from '../pool-schema';
import { bounds, schemaEntries } from '../schema-entries';
import { ruleOnWire } from '../text-rule';

/** What an author has declared, before anybody knows whether it is right. */
export interface DeclaredApi {
  readonly path: string;
  readonly writable: readonly WritableAttribute[];
  readonly readable: readonly string[] | undefined;
  readonly sensitive: readonly string[];
  readonly metadata: readonly MetadataKey[];
}

/** Cognito's name, also of what nobody declares in files; undefined where there is none, or none is known at synth. */
export const attributeName = (name: unknown): string | undefined => {
  if (typeof name !== 'string' || Token.isUnresolved(name)) return undefined;
  return name === 'sub' ? name : cognitosName(name);
};

/** @returns the names under which Cognito knows the attributes; what is none is reported elsewhere */
export const attributeNames = (names: readonly string[]): string[] => [
  ...new Set(names.flatMap((name) => attributeName(name) ?? [])),
];

export const writableNames = ({ writable }: DeclaredApi): string[] =>
  attributeNames(writable.map(({ _name }) => _name));

/** Where nothing is said, what people may change, and whether their addresses are verified. */
export const readableNames = (declared: DeclaredApi): string[] => {
  if (declared.readable) return attributeNames(declared.readable);
  const names = writableNames(declared);
  return [...names, ...names.filter((name) => CONTACTS.includes(name)).map((name) => `${name}_verified`)];
};

/** What the function reads, and the document tells. */
export const apiDefinition = (declared: DeclaredApi, pool: CfnUserPool | undefined): ApiWire => {
  const schema = pool && schemaEntries(pool);
  // By what people sign in goes for required.
  const required = new Set(pool ? [...requiredAttributes(pool), ...signInNames(pool)] : []);
  return {
    // All of them, whatever can be changed: API Gateway keeps a stage's settings of a route that goes, and then refuses every
    // change of the stage (aws/serverless-application-model#1939).
    routes: Object.fromEntries(OPERATIONS.map((operation) => [routeKey(declared.path, operation), operation])),
    readable: readableNames(declared),
    writable: Object.fromEntries(
      declared.writable.flatMap((attribute): [string, WritableWire][] => {
        const name = attributeName(attribute._name);
        if (name === undefined) return [];
        const rule = ruleOnWire(attribute);
        const { max = rule.maxLength } = bounds(
          schema?.get(name)?.stringAttributeConstraints,
          'minLength',
          'maxLength',
        );
        const maxLength = Math.min(rule.maxLength, max);
        return [[name, { ...rule, maxLength, ...(required.has(name) && { required: true }) }]];
      }),
    ),
    metadata: Object.fromEntries(declared.metadata.map((key) => [key._name, ruleOnWire(key)])),
  };
};

const signInNames = (pool: CfnUserPool): string[] =>
  aliases(pool).filter((name) => pool.usernameAttributes?.includes(name));

const routeKey = (path: string, operation: keyof typeof ROUTES): string =>
  `${ROUTES[operation].method} ${path}${ROUTES[operation].path}`;
