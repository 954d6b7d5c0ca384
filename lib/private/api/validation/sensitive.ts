import { CfnResource } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { overridden } from '../../overrides';

/**
 * Whether what somebody may do hardly depends on an attribute: names tell, and so does what the app makes of its claim. Whoever
 * may write such an attribute themselves gives themselves what they like.
 *
 * Names are taken broadly, since a wrong guess costs its author a line in `sensitive`, and one that is missed costs a tenant. So
 * `status`, `level`, `plan`, `account`, `access` and whatever ends in `id` count, and `custom:marital_status` has to be listed twice. What
 * people usually say of themselves does not: settings (`…_enabled`), consent (`…_allowed`, `…_policy`), tastes, contacts. They are English
 * words; of other languages, and of a trade's own roles, nothing is known here.
 */
export const sensitivity = (scope: Construct): ((name: string) => string | undefined) => {
  const used = new Set(claimsForAccess(scope));
  return (name) => {
    if (used.has(name)) return 'an identity pool of this app decides by it what somebody may do';
    const own = name.replace(/^custom:/, '');
    return own !== name && wordsOf(own).some(isTelling) ? 'by its name, what somebody may do depends on it' : undefined;
  };
};

/** `isVIPMember` and `is-vip_member2` are is, vip, member. */
const wordsOf = (name: string): string[] =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .split(/[^\p{L}]+|(?<=\p{Ll})(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/u)
    .map((word) => word.toLowerCase());

/** Words that tell wherever they stand in another: `siteadministrator`, but neither `badminton` nor `lieutenant`. */
const STEMS = /(?<!b)admin|(?<!lieu)tenant|permission|privileg|entitle|superuser|authori[stz]/;

/** Words that tell by themselves, or beside one another or a filler: `accesslevel`, `orgname`, `ispaid`, but not `planet` or `remember`. */
const TELLING = new Set(
  // who somebody is to the app
  (
    'account client company customer department employee group id identifier internal manager member membership moderator operator ' +
    'org organisation organization owner reseller staff super supervisor team uid uuid guid vendor vip workspace ' +
    // what they may
    'access acl approved auth bypass capability clearance eligible features role rights root scope secret sudo token trusted verified ' +
    // whether they still may
    'active activated banned blocked expired expires expiry kyc locked mfa status suspended trial ' +
    // what they have paid for
    'balance credit discount level license licence limit paid plan points premium price pro quota rank seat subscription tier usage'
  ).split(' '),
);

const FILLERS = new Set('app can code current flag has is job key main my name no number type user'.split(' '));

const tells = (word: string): boolean =>
  TELLING.has(word) || TELLING.has(word.replace(/s$/, '')) || TELLING.has(word.replace(/ies$/, 'y'));

const isTelling = (word: string): boolean =>
  STEMS.test(word) ||
  tells(word) ||
  Array.from(word, (_, index) => [word.slice(0, index), word.slice(index)]).some(
    (parts) => parts.some(tells) && parts.every((part) => tells(part) || FILLERS.has(part)),
  );

/** https://docs.aws.amazon.com/cognito/latest/developerguide/attributes-for-access-control.html */
const DECIDERS: Readonly<Record<string, string>> = {
  'AWS::Cognito::IdentityPoolPrincipalTag': 'principalTags',
  'AWS::Cognito::IdentityPoolRoleAttachment': 'roleMappings',
};

const claimsForAccess = (scope: Construct): string[] =>
  scope.node.root.node
    .findAll()
    .filter((node): node is CfnResource => CfnResource.isCfnResource(node))
    .flatMap((resource) => {
      const property = DECIDERS[resource.cfnResourceType];
      if (!property) return [];
      const given = (resource as unknown as Readonly<Record<string, unknown>>)[property];
      const name = property[0].toUpperCase() + property.slice(1);
      return textsIn(resource.stack.resolve(overridden(resource, name, given)));
    });

const textsIn = (value: unknown): string[] => {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
};
