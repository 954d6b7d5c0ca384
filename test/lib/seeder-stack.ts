import { App, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { SeedSource, type SeedUser, UserAttributesSeeder, type UserAttributesSeederProps } from '../../lib';

export interface SeederOptions extends Partial<UserAttributesSeederProps> {
  readonly users?: SeedUser[];
  readonly id?: string;
}

/** A stack for one seeder or several, and what stands in its template because of them. */
export class SeederStack extends Stack {
  public constructor(app = new App({ context: { 'aws:cdk:disable-asset-staging': true } }), id = 'Stack') {
    super(app, id);
  }

  public seed({
    users = [{ username: 'ann', attributes: { givenName: 'Ann' } }],
    id = 'Seeder',
    ...props
  }: SeederOptions) {
    return new UserAttributesSeeder(this, id, {
      userPool: props.userPool ?? UserPool.fromUserPoolId(this, `${id}Pool`, 'eu-west-1_imported'),
      source: SeedSource.inline(users),
      ...props,
    });
  }

  /** The seeder's custom resource. */
  public get resource(): any {
    return Object.values(Template.fromStack(this).findResources('Custom::CognitoUserAttributes'))[0];
  }

  public get properties(): any {
    return this.resource.Properties;
  }

  /** Ids of the seeder's policies of a name, whose identities differ. */
  public policies(name = ''): string[] {
    const ids = Object.keys(Template.fromStack(this).findResources('AWS::IAM::Policy'));
    return ids.filter((id) => id.startsWith(`Seeder${name}`));
  }

  /** What the seeder's policies of a name allow, and to which role. */
  public statements(name: string): any[] {
    return this.policies(name).flatMap((id) => this.policy(id).PolicyDocument.Statement);
  }

  /** To whom the seeder's policies of a name allow it. */
  public roles(name: string): string[] {
    return this.policies(name).flatMap((id) =>
      this.policy(id).Roles.map(({ Ref }: { Ref: string }) => Ref.slice(0, -8)),
    );
  }

  private policy(id: string): any {
    return Template.fromStack(this).findResources('AWS::IAM::Policy')[id].Properties;
  }

  public get warnings(): string[] {
    (this.node.root as App).synth();
    return Annotations.fromStack(this)
      .findWarning('*', Match.anyValue())
      .map(({ entry }) => String(entry.data));
  }

  /** What is wrong, line by line. */
  public get mistakes(): string[] {
    try {
      (this.node.root as App).synth();
      return [];
    } catch (error) {
      return (error as Error).message
        .split('\n')
        .filter((line) => line.includes('[Stack/Seeder]'))
        .map((line) => line.replace(/^.*\[Stack\/Seeder\]\s*/, ''));
    }
  }
}

/** The properties of a seeder that is declared like this. */
export const propertiesOf = (options: SeederOptions): any => {
  const stack = new SeederStack();
  stack.seed(options);
  return stack.properties;
};

/** What is wrong with a seeder that is declared like this. */
export const mistakesOf = (options: SeederOptions | ((stack: SeederStack) => SeederOptions)): string[] => {
  const stack = new SeederStack();
  stack.seed(typeof options === 'function' ? options(stack) : options);
  return stack.mistakes;
};
