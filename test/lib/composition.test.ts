import { App, PropertyInjectors, Stack, Stage } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { Function } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Repository } from 'aws-cdk-lib/aws-codecommit';
import { CodePipeline, CodePipelineSource, ShellStep } from 'aws-cdk-lib/pipelines';
import type { Construct } from 'constructs';
import {
  CustomMessageSource,
  CustomMessageTrigger,
  SeedSource,
  UserAttributesApi,
  UserAttributesSeeder,
  type UserAttributesSeederProps,
  WritableAttribute,
} from '../../lib';

const app = () => new App({ context: { 'aws:cdk:disable-asset-staging': true } });
const ANN = SeedSource.inline([{ username: 'ann', attributes: { nickname: 'A' } }]);

describe('property injectors', () => {
  const injecting = (uniqueId: string, injected: object) => ({
    constructUniqueId: uniqueId,
    inject: (props: object) => ({ ...injected, ...props }),
  });

  test('of a team set props of our constructs', () => {
    const stack = new Stack(app(), 'Stack');
    PropertyInjectors.of(stack).add(
      injecting(UserAttributesSeeder.PROPERTY_INJECTION_ID, {
        requestsPerSecond: 3,
      } satisfies Partial<UserAttributesSeederProps>),
      injecting(UserAttributesApi.PROPERTY_INJECTION_ID, { readable: ['zoneinfo'] }),
      injecting(CustomMessageTrigger.PROPERTY_INJECTION_ID, { defaultLocale: 'de' }),
    );
    const userPool = new UserPool(stack, 'Pool');
    new UserAttributesSeeder(stack, 'Seeder', { userPool, source: ANN });
    const api = new UserAttributesApi(stack, 'Api', {
      userPool,
      userPoolClients: [userPool.addClient('Client')],
      writable: [WritableAttribute.of('nickname')],
    });
    const messages = new CustomMessageTrigger(stack, 'Messages', { userPool });
    messages.addTemplate(CustomMessageSource.SIGN_UP, { sms: 'Your code is {{code}}' });

    expect(JSON.stringify(api.openApi)).toContain('"zoneinfo"');
    expect(() => Template.fromStack(stack)).toThrow(/defaultLocale.*de/);
    messages.addTemplate(CustomMessageSource.SIGN_UP, { locale: 'de', sms: 'Ihr Code ist {{code}}' });
    Template.fromStack(stack).hasResourceProperties('Custom::CognitoUserAttributes', { RequestsPerSecond: '3' });
  });

  test('of aws-cdk-lib’s classes reach what our constructs are made of', () => {
    const stack = new Stack(app(), 'Stack');
    PropertyInjectors.of(stack).add(injecting(Function.PROPERTY_INJECTION_ID, { reservedConcurrentExecutions: 7 }), {
      constructUniqueId: LogGroup.PROPERTY_INJECTION_ID,
      inject: (props) => ({ ...props, retention: RetentionDays.TWO_YEARS }),
    });
    new UserAttributesSeeder(stack, 'Seeder', { userPool: new UserPool(stack, 'Pool'), source: ANN });
    const template = Template.fromStack(stack);
    template.allResourcesProperties('AWS::Lambda::Function', { ReservedConcurrentExecutions: 7 });
    template.allResourcesProperties('AWS::Logs::LogGroup', { RetentionInDays: 731 });
  });
});

/** A pool in one stack, and all that belongs to it in another. */
const twoStacks = (scope: Construct) => {
  const identity = new Stack(scope, 'Identity');
  const userPool = new UserPool(identity, 'Pool');
  const client = userPool.addClient('Client');
  const people = new Stack(scope, 'People');
  new UserAttributesSeeder(people, 'Seeder', { userPool, source: ANN });
  new UserAttributesApi(people, 'Api', {
    userPool,
    userPoolClients: [client],
    writable: [WritableAttribute.of('nickname')],
  });
  return { identity, people };
};

test('a pool of another stack is referred to by exports, and its policies name it alone', () => {
  const { people } = twoStacks(app());
  const policies = Object.values(Template.fromStack(people).findResources('AWS::IAM::Policy'));
  const pools = policies
    .flatMap(({ Properties }) => Properties.PolicyDocument.Statement)
    .filter(({ Action }) => JSON.stringify(Action).includes('cognito-idp:'))
    .map(({ Resource }) => Resource);
  expect(pools).toEqual([{ 'Fn::ImportValue': expect.stringMatching(/^Identity:ExportsOutputFnGetAttPool.*Arn/) }]);
});

const authorizerName = (template: object): string => /DevPeopleApi\w{8}/.exec(JSON.stringify(template))![0];

test('stages of a pipeline have the same templates but for names, and the assets they need are published', () => {
  class Product extends Stage {
    public readonly people = twoStacks(this).people;
  }
  const root = new App();
  const stack = new Stack(root, 'Pipeline', { env: { account: '111111111111', region: 'eu-west-1' } });
  const pipeline = new CodePipeline(stack, 'Pipeline', {
    synth: new ShellStep('Synth', {
      input: CodePipelineSource.codeCommit(new Repository(stack, 'Repository', { repositoryName: 'app' }), 'main'),
      commands: ['npx cdk synth'],
    }),
  });
  const stages = ['Dev', 'Prod'].map((id) => new Product(stack, id));
  for (const stage of stages) pipeline.addStage(stage);
  root.synth();

  const [dev, prod] = stages.map(({ people }) => Template.fromStack(people).toJSON());
  expect(Object.keys(prod.Resources)).toEqual(Object.keys(dev.Resources));
  // A name of an authorizer is unique in its account by the construct's address.
  const likeDev = JSON.stringify(prod)
    .replaceAll('Prod', 'Dev')
    .replace(/DevPeopleApi\w{8}/, authorizerName(dev));
  expect(likeDev).toBe(JSON.stringify(dev));
  const projects = JSON.stringify(Template.fromStack(stack).findResources('AWS::CodeBuild::Project'));
  expect(projects).toContain('cdk-assets');
});

test('what stands in a template is the same at every synthesis', () => {
  const [first, second] = [app(), app()].map((root) => Template.fromStack(twoStacks(root).people).toJSON());
  expect(second).toEqual(first);
});
