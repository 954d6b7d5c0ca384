import { App, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { ProductStage } from '../../examples/platform/product-stage';

const stacksOf = (isProduction: boolean, product = 'Example') => {
  const app = new App({
    context: { 'aws:cdk:disable-asset-staging': true, '@aws-cdk/core:defaultCrossStackReferences': 'strong' },
  });
  const stage = new ProductStage(app, 'Stage', {
    isProduction,
    product,
    administrators: [{ username: 'alice', attributes: { email: 'alice@example.com', locale: 'de' } }],
    pageOrigin: 'https://account.example.com',
    network: {
      vpcId: 'vpc-1',
      availabilityZones: ['eu-west-1a'],
      privateSubnetIds: ['subnet-1'],
      privateSubnetRouteTableIds: ['rtb-1'],
    },
  });
  app.synth();
  const [shared, identity] = ['Shared', 'Identity'].map((id) => stage.node.findChild(id) as Stack);
  return { shared, identity, template: Template.fromStack(identity) };
};

test.each([
  ['production', true, { RetentionInDays: 365 }, 'Retain'],
  ['a test', false, { RetentionInDays: 7 }, 'Delete'],
])('the company’s rules for %s reach all that its construct is made of', (_, isProduction, log, deletion) => {
  const { template } = stacksOf(isProduction);
  const tags = Match.arrayWith([{ Key: 'product', Value: 'Example' }]);
  template.allResourcesProperties('AWS::Logs::LogGroup', { ...log, KmsKeyId: Match.anyValue(), Tags: tags });
  template.allResources('AWS::Logs::LogGroup', { DeletionPolicy: deletion });
  template.allResourcesProperties('AWS::Lambda::Function', {
    KmsKeyArn: Match.anyValue(),
    VpcConfig: { SubnetIds: ['subnet-1'], SecurityGroupIds: Match.anyValue() },
    Tags: tags,
  });
  template.allResourcesProperties('AWS::IAM::Role', {
    PermissionsBoundary: Match.objectLike({ 'Fn::Join': Match.anyValue() }),
    Tags: tags,
  });
});

test('nothing is to be warned of', () => {
  const { shared, identity } = stacksOf(true);
  for (const stack of [shared, identity]) {
    expect(Annotations.fromStack(stack).findWarning('*', Match.anyValue())).toEqual([]);
  }
});

test('who administers the product is declared by its team, and is in the company’s group', () => {
  const { template } = stacksOf(true);
  template.hasResourceProperties('Custom::CognitoUserAttributes', {
    Users: { alice: Match.objectLike({ Groups: ['admins'] }) },
  });
});
