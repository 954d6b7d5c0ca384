import { join } from 'node:path';
import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import { NumberAttribute, StringAttribute, UserPool, UserPoolEmail } from 'aws-cdk-lib/aws-cognito';
import type { Construct } from 'constructs';
import {
  ContactVerification,
  CustomMessageTrigger,
  MessageTemplates,
  MetadataKey,
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

    new CustomMessageTrigger(this, 'Messages', {
      userPool,
      templates: MessageTemplates.fromDirectory(join(__dirname, 'messages'), {
        variants: { 'new-tenant': { when: { campaign: 'new-tenant' } } },
      }),
      metadata: [MetadataKey.oneOf('campaign', ['new-tenant']), MetadataKey.of('tenant', { maxLength: 40 })],
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
