import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import { NumberAttribute, StringAttribute, UserPool, UserPoolEmail } from 'aws-cdk-lib/aws-cognito';
import type { Construct } from 'constructs';
import {
  ContactVerification,
  CustomMessageSource,
  CustomMessageTrigger,
  SeedSource,
  type SeedUser,
  UserAttributesSeeder,
} from '../../lib';

export interface TenantsStackProps extends StackProps {
  /** The tenants' administrators, who have an account already. */
  readonly administrators: SeedUser[];
}

/** A pool whose tenants' administrators are declared, and who are told of it in the tenant's own words. */
export class TenantsStack extends Stack {
  public constructor(scope: Construct, id: string, props: TenantsStackProps) {
    super(scope, id, props);

    const userPool = new UserPool(this, 'Pool', {
      signInAliases: { username: true, email: true, preferredUsername: true },
      autoVerify: { email: true },
      email: UserPoolEmail.withSES({ fromEmail: 'welcome@example.com', sesRegion: 'eu-west-1' }),
      customAttributes: {
        tenant: new StringAttribute({ mutable: true, minLen: 2, maxLen: 40 }),
        seats: new NumberAttribute({ mutable: true, min: 1, max: 500 }),
      },
    });

    const messages = new CustomMessageTrigger(this, 'Messages', { userPool });
    messages.addTemplate(CustomMessageSource.UPDATE_USER_ATTRIBUTE, {
      when: { campaign: 'new-tenant' },
      subject: '{{clientMetadata.tenant}}: please confirm your address',
      html: [
        '<h1>Welcome to {{clientMetadata.tenant}}</h1>',
        '<p>Hello {{userAttributes.given_name}}, you administer {{clientMetadata.tenant}} now.',
        'Confirm your address with the code <b>{{code}}</b>.</p>',
      ].join('\n'),
    });

    const seeder = new UserAttributesSeeder(this, 'Administrators', {
      userPool,
      source: SeedSource.inline(props.administrators),
      verification: ContactVerification.SEND_MESSAGE,
      clientMetadata: { campaign: 'new-tenant' },
    });
    new CfnOutput(this, 'ChangedUsers', { value: seeder.changedUsers });
    new CfnOutput(this, 'UserPoolId', { value: userPool.userPoolId });
  }
}
