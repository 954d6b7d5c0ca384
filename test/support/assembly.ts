import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { App, type Stack } from 'aws-cdk-lib';
import { runHttpApi } from './api';
import { LambdaRunner } from './lambda-runner';
import type { CustomAttribute, Contact, LocalCognito, PoolOptions } from './local-cognito';

interface Resource {
  readonly Type: string;
  readonly Properties: Record<string, any>;
}

/** What a deployment would take from a stack's cloud assembly: properties, function bundles, environments. */
export interface Assembly {
  /**
   * The properties of the only custom resource of a type, references to the pool replaced by its id.
   *
   * @param references what else it refers to, by logical id
   */
  propertiesOf(type: string, userPoolId: string, references?: Readonly<Record<string, string>>): Record<string, any>;
  /** The logical ids of a type's resources, by their properties. */
  resourcesOf(type: string): ReadonlyMap<string, Record<string, any>>;
  /** The pool's settings, for the emulator. */
  readonly pool: PoolOptions;
  /** Runs the handler behind the only custom resource's Provider. */
  runProvider(environment: Record<string, string>): LambdaRunner;
  /** Runs the function that is the pool's CustomMessage trigger. */
  runCustomMessage(): LambdaRunner;
  /** Runs the only HTTP API, and the function behind it, for the only pool and its only app client. */
  runHttpApi(cognito: LocalCognito, userPoolId: string, clientId: string): ReturnType<typeof runHttpApi>;
  remove(): void;
}

const POOL = 'AWS::Cognito::UserPool';

export const synthesize = (define: (app: App) => Stack): Assembly => {
  const outdir = mkdtempSync(path.join(tmpdir(), 'cdk-out-'));
  const app = new App({ outdir });
  const stack = define(app);
  const resources: Record<string, Resource> = app.synth().getStackArtifact(stack.artifactId).template.Resources;

  const only = (type: string): Resource => {
    const found = Object.values(resources).filter((resource) => resource.Type === type);
    if (found.length !== 1) throw new Error(`the stack has ${found.length} resources of type ${type}`);
    return found[0];
  };
  const idOf = (type: string): string => Object.keys(resources).find((id) => resources[id] === only(type))!;
  const arnOf = (value: any): Resource => resources[value['Fn::GetAtt'][0]];
  const run = ({ Properties }: Resource, environment: Record<string, string>): LambdaRunner =>
    new LambdaRunner({
      bundle: path.join(outdir, `asset.${path.parse(Properties.Code.S3Key).name}`, 'index.js'),
      env: { ...Properties.Environment?.Variables, ...environment },
      timeoutSeconds: Properties.Timeout,
      memoryMb: Properties.MemorySize,
    });

  return {
    propertiesOf: (type, userPoolId, references = {}) => ({
      ...(resolved(only(type).Properties, references) as object),
      UserPoolId: userPoolId,
    }),
    resourcesOf: (type) =>
      new Map(
        Object.entries(resources).flatMap(([id, { Type, Properties }]) => (Type === type ? [[id, Properties]] : [])),
      ),
    pool: poolOptions(only(POOL)),
    runProvider: (environment) => {
      const framework = arnOf(only('Custom::CognitoUserAttributes').Properties.ServiceToken);
      return run(arnOf(framework.Properties.Environment.Variables.USER_ON_EVENT_FUNCTION_ARN), environment);
    },
    runCustomMessage: () => run(arnOf(only(POOL).Properties.LambdaConfig.CustomMessage), {}),
    runHttpApi: (cognito, userPoolId, clientId) => {
      const references = { [idOf(POOL)]: userPoolId, [idOf('AWS::Cognito::UserPoolClient')]: clientId };
      return runHttpApi(cognito, outdir, resources, { userPoolId, references });
    },
    remove: () => rmSync(outdir, { recursive: true }),
  };
};

const resolved = (value: unknown, references: Readonly<Record<string, string>>): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((entry) => resolved(entry, references));
  if ('Ref' in value && typeof value.Ref === 'string') return references[value.Ref] ?? value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, resolved(entry, references)]));
};

const poolOptions = ({ Properties }: Resource): PoolOptions => {
  const schema: any[] = Properties.Schema;
  const isCustom = ({ AttributeDataType: type }: any): boolean => type !== undefined;
  return {
    autoVerified: Properties.AutoVerifiedAttributes as Contact[],
    keepOriginal: Properties.UserAttributeUpdateSettings?.AttributesRequireVerificationBeforeUpdate as Contact[],
    required: schema.filter((entry) => !isCustom(entry) && entry.Required).map(({ Name }) => Name),
    customAttributes: Object.fromEntries(
      schema.filter(isCustom).map((entry): [string, CustomAttribute] => [
        entry.Name,
        {
          type: entry.AttributeDataType,
          min: number(entry.StringAttributeConstraints?.MinLength ?? entry.NumberAttributeConstraints?.MinValue),
          max: number(entry.StringAttributeConstraints?.MaxLength ?? entry.NumberAttributeConstraints?.MaxValue),
          mutable: entry.Mutable,
        },
      ]),
    ),
  };
};

const number = (text: string | undefined) => (text === undefined ? undefined : Number(text));
