import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { App, Stack, type StackProps } from 'aws-cdk-lib';
import { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import {
  BooleanAttribute,
  type CfnUserPoolClient,
  DateTimeAttribute,
  NumberAttribute,
  StringAttribute,
  UserPool,
  type UserPoolClient,
  type UserPoolClientProps,
  type UserPoolProps,
} from 'aws-cdk-lib/aws-cognito';
import { UserAttributesApi, type UserAttributesApiProps, WritableAttribute } from '../../../../lib';
import { API_FILE, type ApiWire } from '../../../../lib/private/contracts/api';
import { STANDARD_ATTRIBUTES } from '../../../../lib/private/schema-entries';

export interface ApiOptions extends Partial<UserAttributesApiProps> {
  readonly id?: string;
}

const outdir = mkdtempSync(path.join(tmpdir(), 'api-stack-'));
afterAll(() => rmSync(outdir, { recursive: true }));

export const newApp = () =>
  // Newer ones than the lowest aws-cdk-lib warn where an app does not say it.
  new App({ outdir, context: { '@aws-cdk/core:defaultCrossStackReferences': 'strong' } });

/** What the stack's own pool has beside the standard attributes. */
export const CUSTOM = {
  theme: new StringAttribute({ mutable: true, minLen: 2, maxLen: 10 }),
  seen: new DateTimeAttribute({ mutable: true }),
  volume: new NumberAttribute({ mutable: true, min: 1, max: 100 }),
  newsletter: new BooleanAttribute({ mutable: true }),
  plan: new StringAttribute({ mutable: true }),
  tenant: new StringAttribute({ mutable: true }),
  badge: new StringAttribute(), // immutable
};

const EVERY_NAME = [...STANDARD_ATTRIBUTES, ...Object.keys(CUSTOM).map((name) => `custom:${name}`)].filter(
  (name) => name !== 'sub',
);
const EVERY_WRITABLE = EVERY_NAME.filter((name) => !name.endsWith('_verified'));

/** A stack for one API or several, with a pool that keeps addresses and clients that may do everything. */
export class ApiStack extends Stack {
  public constructor(app = newApp(), id = 'Stack', props: StackProps = {}) {
    super(app, id, props);
  }

  /** The pool that an API has unless another is given. */
  public get pool(): UserPool {
    return (this.node.tryFindChild('Pool') as UserPool | undefined) ?? this.addPool('Pool');
  }

  public addPool(id: string, props: UserPoolProps = {}): UserPool {
    return new UserPool(this, id, {
      customAttributes: CUSTOM,
      signInAliases: { username: true, email: true, phone: true },
      keepOriginal: { email: true, phone: true },
      enableSmsRole: false,
      ...props,
    });
  }

  /** An app client; `writes` and `reads` are Cognito's names. */
  public addClient(
    id: string,
    { writes, reads }: { readonly writes?: readonly string[]; readonly reads?: readonly string[] } = {},
    props: Omit<UserPoolClientProps, 'userPool'> & { readonly pool?: UserPool } = {},
  ): UserPoolClient {
    const { pool = this.pool, ...rest } = props;
    const client = pool.addClient(id, rest);
    const resource = client.node.defaultChild as CfnUserPoolClient;
    resource.writeAttributes = writes && [...writes];
    resource.readAttributes = reads && [...reads];
    return client;
  }

  /** Of the stack's own pool, and one more that nobody minds. */
  public addEagerClient = (id = 'Client', pool = this.pool) =>
    this.addClient(id, { writes: EVERY_WRITABLE, reads: EVERY_NAME }, { pool });

  public addHttpApi = (id = 'HttpApi') => new HttpApi(this, id);

  public addApi({ id = 'Api', ...props }: ApiOptions = {}): UserAttributesApi {
    return new UserAttributesApi(this, id, {
      userPool: 'userPool' in props ? props.userPool! : this.pool,
      writable: [WritableAttribute.of('nickname')],
      userPoolClients: 'userPoolClients' in props ? props.userPoolClients! : [this.addEagerClient(`${id}Client`)],
      ...props,
    });
  }

  public resources(type: string): any[] {
    return Object.values(Template.fromStack(this).findResources(type));
  }

  public properties(type: string): any[] {
    return this.resources(type).map(({ Properties }) => Properties);
  }

  public resource(type: string): any {
    const found = this.properties(type);
    if (found.length !== 1) throw new Error(`${found.length} of ${type}`);
    return found[0];
  }

  /** What lies beside the functions of the stack's APIs. */
  public get definitions(): ApiWire[] {
    (this.node.root as App).synth();
    return this.properties('AWS::Lambda::Function')
      .filter(({ Description = '' }) => Description.includes('their own attributes'))
      .map(({ Code }) => JSON.parse(readFileSync(path.join(assetOf(Code.S3Key), API_FILE), 'utf8')));
  }

  /** Warnings as path, id and text. */
  public get warnings(): string[] {
    (this.node.root as App).synth();
    return Annotations.fromStack(this)
      .findWarning('*', Match.anyValue())
      .map(({ id, entry }) =>
        String(entry.data).replace(/^(.*) \[ack: cdk-cognito-user-attributes:(.*)\]$/s, `${id} $2: $1`),
      );
  }

  /** What is wrong with the API called Api, line by line. */
  public get mistakes(): string[] {
    return mistakesIn(this.node.root as App, '[Stack/Api]');
  }
}

const assetOf = (key: string) => path.join(outdir, `asset.${path.parse(key).name}`);

/** An asset that is one file, as staged. */
export const stagedFile = (name: string) => readFileSync(path.join(outdir, `asset.${name}`), 'utf8');

/** What synthesis says of a construct. Anything but an error of validation is none. */
export const mistakesIn = (app: App, where: string): string[] => {
  try {
    app.synth();
    return [];
  } catch (error) {
    const { message } = error as Error;
    if (!message.includes('Validation failed')) throw error;
    return message
      .split('\n')
      .filter((line) => line.includes(where))
      .map((line) => line.slice(line.indexOf(where) + where.length).trim());
  }
};

/** What is wrong with an API that is declared like this. */
export const mistakesOf = (options: ApiOptions | ((stack: ApiStack) => ApiOptions)): string[] => {
  const stack = new ApiStack();
  stack.addApi(typeof options === 'function' ? options(stack) : options);
  return stack.mistakes;
};
