import { DescribeUserPool$, UpdateUserPool$ } from '@aws-sdk/client-cognito-identity-provider';
import { NormalizedSchema } from '@smithy/core/schema';
import fc from 'fast-check';

/** A shape of the SDK's model, as far as settings of pools have it. */
export type Shape =
  | { readonly kind: 'text' | 'number' | 'flag' | 'time' }
  | { readonly kind: 'list' | 'map'; readonly of: Shape }
  | { readonly kind: 'record'; readonly members: Readonly<Record<string, Shape>> };

const shapeOf = (schema: NormalizedSchema): Shape => {
  if (schema.isStructSchema()) {
    const members = [...schema.structIterator()].map(([name, member]) => [name, shapeOf(member)]);
    return { kind: 'record', members: Object.fromEntries(members) };
  }
  if (schema.isListSchema()) return { kind: 'list', of: shapeOf(schema.getValueSchema()) };
  if (schema.isMapSchema()) return { kind: 'map', of: shapeOf(schema.getValueSchema()) };
  if (schema.isBooleanSchema()) return { kind: 'flag' };
  if (schema.isNumericSchema()) return { kind: 'number' };
  if (schema.isTimestampSchema()) return { kind: 'time' };
  if (schema.isStringSchema()) return { kind: 'text' };
  throw new Error(`the model has a shape that is not known here: ${schema.getName()}`);
};

const membersOf = (shape: Shape): Readonly<Record<string, Shape>> => {
  if (shape.kind !== 'record') throw new Error('not a record');
  return shape.members;
};

/** By the SDK's own model, so that a setting that comes with a newer one cannot be forgotten. */
export const DESCRIBED = membersOf(membersOf(shapeOf(NormalizedSchema.of(DescribeUserPool$[5] as never))).UserPool);
export const UPDATABLE = membersOf(shapeOf(NormalizedSchema.of(UpdateUserPool$[4] as never)));

/** Where a setting stands: the places of maps' and lists' entries are one. */
export const pathsOf = (shape: Shape, path = ''): string[] => {
  switch (shape.kind) {
    case 'record':
      return Object.entries(shape.members).flatMap(([name, member]) => pathsOf(member, `${path}.${name}`));
    case 'list':
    case 'map':
      return pathsOf(shape.of, `${path}[]`);
    default:
      return [path];
  }
};

/** The same of a value. */
export const pathsIn = (shape: Shape, value: any, path = ''): string[] => {
  if (value === undefined) return [];
  switch (shape.kind) {
    case 'record':
      return Object.entries(shape.members).flatMap(([name, member]) => pathsIn(member, value[name], `${path}.${name}`));
    case 'list':
    case 'map':
      return Object.values(value).flatMap((entry) => pathsIn(shape.of, entry, `${path}[]`));
    default:
      return [path];
  }
};

/** A record less one of its members. */
export const without = (record: any, member: string): any =>
  Object.fromEntries(Object.entries(record).filter(([name]) => name !== member));

export const arn = (name: string) => `arn:aws:lambda:eu-west-1:123456789012:function:${name}`;

/** Anything of the shape. Members come and go; some that nobody knows yet come along. */
const valueOf = (shape: Shape): fc.Arbitrary<any> => {
  switch (shape.kind) {
    case 'text':
      return fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' });
    case 'number':
      return fc.integer({ min: 0, max: 365 });
    case 'flag':
      return fc.boolean();
    case 'time':
      return fc.double({ min: 1.5e9, max: 2e9, noNaN: true });
    case 'list':
      return fc.array(valueOf(shape.of), { maxLength: 3 });
    case 'map':
      return fc.dictionary(fc.string({ minLength: 1, maxLength: 8 }), valueOf(shape.of), {
        maxKeys: 3,
        noNullPrototype: true,
      });
    case 'record':
      return fc.record(
        { ...Object.fromEntries(entriesOf(shape.members)), FutureMember: fc.jsonValue({ maxDepth: 1 }) },
        { requiredKeys: [], noNullPrototype: true },
      );
  }
};

const entriesOf = (members: Readonly<Record<string, Shape>>) =>
  Object.entries(members).map(([name, member]) => [name, valueOf(member)] as const);

/** A pool as DescribeUserPool might tell it, today and later. */
export const anyPool = (userPoolId: string): fc.Arbitrary<any> =>
  fc
    .tuple(
      valueOf({ kind: 'record', members: DESCRIBED }),
      fc.jsonValue({ maxDepth: 2 }),
      fc.constantFrom(undefined, arn('before')),
    )
    .map(([{ FutureMember: _, ...pool }, FutureSetting, CustomMessage]) => {
      const LambdaConfig = { ...pool.LambdaConfig };
      delete LambdaConfig.CustomMessage;
      if (CustomMessage) LambdaConfig.CustomMessage = CustomMessage;
      // Cognito keeps the two at one function.
      const versioned = LambdaConfig.PreTokenGenerationConfig?.LambdaArn;
      if (versioned && LambdaConfig.PreTokenGeneration) LambdaConfig.PreTokenGeneration = versioned;
      if (pool.SmsConfiguration) pool.SmsConfiguration.SnsCallerArn = SMS_ROLE;
      return JSON.parse(JSON.stringify({ Name: 'people', ...pool, FutureSetting, LambdaConfig, Id: userPoolId }));
    });

export const SMS_ROLE = 'arn:aws:iam::123456789012:role/sms';
