/** A template's values as CloudFormation hands them to a custom resource, as far as that can be said before the deployment. */
import { isRecord, type Json, own } from '../../preview/json';
import { deferred } from './deferred';
import type { Made } from './made';

export interface Template {
  /** Tells resources apart that are called alike in two stacks. */
  readonly stack: string;
  readonly resources: Readonly<Record<string, Json>>;
  /** Construct paths by logical ids, as the assembly's manifest has them. */
  readonly paths: ReadonlyMap<string, string>;
  /** Of a nested stack: what the stack around it passes. */
  readonly parameters: Json;
}

export const resourcesOf = (content: Json): Readonly<Record<string, Json>> =>
  Object.fromEntries(
    Object.entries(isRecord(content.Resources) ? content.Resources : {}).filter((entry): entry is [string, Json] =>
      isRecord(entry[1]),
    ),
  );

export const SEEDER = 'Custom::CognitoUserAttributes';
const GROUP = 'AWS::Cognito::UserPoolGroup';
const SECRET = 'AWS::SecretsManager::Secret';

/** The construct's path, where the template or the manifest has paths. */
export const constructPath = (logicalId: string, { resources, paths }: Template): string | undefined => {
  if (!Object.hasOwn(resources, logicalId)) return undefined;
  const { Type, Metadata } = resources[logicalId];
  const inTemplate = isRecord(Metadata) ? Metadata['aws:cdk:path'] : undefined;
  const found = typeof inTemplate === 'string' ? inTemplate : paths.get(logicalId);
  // What a seeder runs on Step Functions has a name of its own.
  return found?.replace(Type === SEEDER ? /(\/(Resource|Run))?(\/Default)?$/ : /(\/Resource)?(\/Default)?$/, '');
};

export const resolve = (value: unknown, template: Template): unknown => {
  if (Array.isArray(value)) return value.map((item) => resolve(item, template));
  // Everything on the wire is a text.
  if (!isRecord(value)) return ['number', 'boolean'].includes(typeof value) ? String(value) : value;
  const [[key, argument] = ['', undefined], ...others] = Object.entries(value);
  if (others.length === 0 && key === 'Ref') return reference(String(argument), template);
  if (others.length === 0 && key.startsWith('Fn::')) return call(key, argument, template);
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, inner]) => [name, resolve(inner, template)] as const)
      .filter(([, inner]) => inner !== undefined),
  );
};

const reference = (name: string, template: Template): unknown => {
  if (name === 'AWS::NoValue') return undefined;
  // What the stack around has passed is resolved there.
  if (Object.hasOwn(template.parameters, name)) return template.parameters[name];
  return groupName(name, template) ?? deferred(nameOf(name, template));
};

/** What a reference to a group stands for, where the template gives it a name. */
const groupName = (logicalId: string, template: Template): string | undefined => {
  const { Type, Properties } = own(template.resources, logicalId) ?? {};
  if (Type !== GROUP || !isRecord(Properties)) return undefined;
  const name = resolve(Properties.GroupName, template);
  return typeof name === 'string' ? name : undefined;
};

/** What a template's stack makes that its seeders' users may be given. */
export const madeBy = (template: Template): Made => {
  const logicalIds = Object.keys(template.resources);
  const isGenerated = ({ Type, Properties }: Json) =>
    Type === SECRET && isRecord(Properties) && isRecord(Properties.GenerateSecretString);
  return {
    groups: new Set(logicalIds.flatMap((logicalId) => groupName(logicalId, template) ?? [])),
    generatedSecrets: new Set(
      logicalIds
        .filter((logicalId) => isGenerated(template.resources[logicalId]))
        .map((logicalId) => nameOf(logicalId, template)),
    ),
  };
};

const call = (name: string, argument: unknown, template: Template): unknown => {
  if (name === 'Fn::Join' && Array.isArray(argument) && Array.isArray(argument[1])) {
    const parts = argument[1].map((part) => resolve(part, template));
    if (parts.every((part) => typeof part === 'string')) return parts.join(String(argument[0]));
  }
  if (name === 'Fn::Sub' && typeof argument === 'string') return substituted(argument, template);
  if (name === 'Fn::GetAtt' && Array.isArray(argument)) {
    return deferred([nameOf(String(argument[0]), template), ...argument.slice(1)].join('.'));
  }
  return deferred(typeof argument === 'string' ? `${name} ${argument}` : name);
};

const substituted = (text: string, template: Template): string =>
  text.replace(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) =>
    literal ? `\${${name}}` : String(reference(name, template) ?? ''),
  );

const nameOf = (logicalId: string, template: Template): string =>
  constructPath(logicalId, template) ?? (logicalId.startsWith('AWS::') ? logicalId : `${template.stack}.${logicalId}`);
