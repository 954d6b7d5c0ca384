import { CfnResource } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** Parts of names by which software decides what somebody may do. */
const STEMS = ['admin', 'tenant', 'role', 'permission', 'privileg', 'entitle', 'superuser'];
const WORDS = new Set(
  (
    'access account approved authority balance clearance company credit credits customer department employee group groups ' +
    'kyc level license licence limit limits member membership moderator org organisation organization owner plan quota ' +
    'scope scopes staff status subscription team tier trusted verified vip'
  ).split(' '),
);

/**
 * Whether what somebody may do hardly depends on an attribute: names tell, and so does what the app makes of its claim. Whoever
 * may write such an attribute themselves gives themselves what they like.
 */
export const sensitivity = (scope: Construct): ((name: string) => string | undefined) => {
  const used = new Set(claimsForAccess(scope));
  return (name) => {
    if (used.has(name)) return 'an identity pool of this app decides by it what somebody may do';
    const own = name.replace(/^custom:/, '');
    const words = own
      .replace(/(?<=[a-z\d])(?=[A-Z])/g, ' ')
      .toLowerCase()
      .split(/[^\p{L}]+/u);
    const tells =
      name !== own && (STEMS.some((stem) => own.toLowerCase().includes(stem)) || words.some((word) => WORDS.has(word)));
    return tells ? 'by its name, what somebody may do depends on it' : undefined;
  };
};

/** https://docs.aws.amazon.com/cognito/latest/developerguide/attributes-for-access-control.html */
const DECIDERS = ['AWS::Cognito::IdentityPoolPrincipalTag', 'AWS::Cognito::IdentityPoolRoleAttachment'];

const claimsForAccess = (scope: Construct): string[] =>
  scope.node.root.node
    .findAll()
    .filter((node): node is CfnResource => CfnResource.isCfnResource(node) && DECIDERS.includes(node.cfnResourceType))
    .flatMap((resource) =>
      textsIn(
        resource.stack.resolve(
          (resource as unknown as Decider).principalTags ?? (resource as unknown as Decider).roleMappings,
        ),
      ),
    );

interface Decider {
  readonly principalTags?: unknown;
  readonly roleMappings?: unknown;
}

const textsIn = (value: unknown): string[] => {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
};
