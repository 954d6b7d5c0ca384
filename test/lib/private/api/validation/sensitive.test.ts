import { App, Lazy, Stack } from 'aws-cdk-lib';
import { CfnIdentityPoolPrincipalTag, CfnIdentityPoolRoleAttachment } from 'aws-cdk-lib/aws-cognito';
import { sensitivity } from '../../../../../lib/private/api/validation/sensitive';
import { STANDARD_ATTRIBUTES } from '../../../../../lib/private/schema-entries';

const stack = new Stack(new App(), 'Stack');
const reasonOf = sensitivity(stack);
const namesIn = (text: string) => text.trim().split(/\s+/);

describe('what somebody may do hardly depends on', () => {
  test.each(
    namesIn(`
      theme favourite_colour favorite_color favouriteColor newsletter patrol_route patrolRoute bio pronouns language timezone avatar
      display_name displayName tshirt_size dietary_needs hobbies github twitter_handle linkedin_url homepage salutation
      dark_mode_enabled notifications_enabled newsletter_allowed cookies_allowed privacy_policy marketing_consent opt_in
      date_format currency units font_size sort_order onboarding_done last_tip birthday_card postcode city shipping_address
      badminton lieutenant planet plant planner airplane levelling accessibility accessory grouping remember_me petroleum casserole
      controller authoring author royal loyalty teammate steam tierheim curious profile professor prose android madrid kids video candid
      avoid scooter telescope microscope ownership_free island issue hash canvas candidate stationary statue customs
      rightHanded leftRight keyboard country_flag username jobtype mycode secretary limitless creditable accountant shoe_number
    `),
  )('custom:%s', (name) => expect(reasonOf(`custom:${name}`)).toBeUndefined());

  test.each(STANDARD_ATTRIBUTES)('%s, which every pool has', (name) => expect(reasonOf(name)).toBeUndefined());
});

describe('what somebody may do may depend on', () => {
  test.each(
    namesIn(`
      tenant tenantId tenant_id tenantID tenantid TENANT subtenant isAdmin is_admin isadmin admin admins siteadmin siteAdministrator
      superadmin admin2 role roles userRole user_role userrole rôle approle permissions privileges entitlements superuser super_user
      plan plans planName planname subscription subscription_plan tier level access_level accesslevel accessLevel access status
      account accountId accountid account-type accounttype company companyId companies org orgs orgId orgID orgid orgname organisation
      group groups userGroup usergroup team teamId department owner ownerId isOwner isowner member memberOf membership isVIPMember
      vip VIPLevel VIPColour verified kyc_verified isVerified approved trusted scope scopes clearance authority authorized authorised
      authorization credits balance quota limit limits daily_limit seats licence license premium pro isPro ispro paid paidUntil trial
      trial_ends banned blocked locked suspended active activated expires expiry id userId userid customerId customerid externalId
      external_ids uuid secret token apiToken internal staff employee employeeId manager moderator operator supervisor vendor
      reseller workspace workspaceId features price discount points rank usage acl bypass root sudo mfa eligible capability capabilities
    `),
  )('custom:%s', (name) => expect(reasonOf(`custom:${name}`)).toBe('by its name, what somebody may do depends on it'));

  test.each(namesIn('marital_status skill_level favourite_team discord_id'))(
    'custom:%s, which a guess cannot tell from others, and which its author lists twice',
    (name) => expect(reasonOf(`custom:${name}`)).toBeDefined(),
  );
});

describe('what an identity pool of the app decides by', () => {
  const BY_POOL = 'an identity pool of this app decides by it what somebody may do';
  const identityPoolId = 'pool';
  const identityProviderName = 'provider';

  const fresh = () => {
    const app = new App();
    return { scope: new Stack(app, 'Api'), other: new Stack(app, 'Identity') };
  };

  test('is a tag of the principal, in whichever stack', () => {
    const { scope, other } = fresh();
    const principalTags = { tagged: 'custom:theme' };
    new CfnIdentityPoolPrincipalTag(other, 'Tags', { identityPoolId, identityProviderName, principalTags });
    expect(sensitivity(scope)('custom:theme')).toBe(BY_POOL);
    expect(sensitivity(scope)('tagged')).toBeUndefined();
    expect(sensitivity(scope)('custom:colour')).toBeUndefined();
  });

  test('is a claim of a rule, also where rules become known later', () => {
    const { scope, other } = fresh();
    const rules = [{ claim: 'locale', matchType: 'Equals', value: 'de', roleArn: 'arn:aws:iam::1:role/R' }];
    const roleMappings = Lazy.any({ produce: () => ({ provider: { type: 'Rules', rulesConfiguration: { rules } } }) });
    new CfnIdentityPoolRoleAttachment(other, 'Roles', { identityPoolId, roleMappings });
    expect(sensitivity(scope)('locale')).toBe(BY_POOL);
    expect(sensitivity(scope)('zoneinfo')).toBeUndefined();
  });

  test('is none where the groups of the token decide', () => {
    const { scope, other } = fresh();
    new CfnIdentityPoolRoleAttachment(other, 'Roles', {
      identityPoolId,
      roleMappings: { provider: { type: 'Token' } },
    });
    new CfnIdentityPoolRoleAttachment(other, 'Fixed', { identityPoolId, roles: { authenticated: 'arn' } });
    expect(sensitivity(scope)('locale')).toBeUndefined();
  });

  test('is what an override says', () => {
    const { scope, other } = fresh();
    const principalTags = { tagged: 'custom:theme' };
    const tags = new CfnIdentityPoolPrincipalTag(other, 'Tags', {
      identityPoolId,
      identityProviderName,
      principalTags,
    });
    tags.addPropertyOverride('PrincipalTags', { tagged: 'custom:colour' });
    expect(sensitivity(scope)('custom:colour')).toBe(BY_POOL);
    expect(sensitivity(scope)('custom:theme')).toBeUndefined();
  });
});
