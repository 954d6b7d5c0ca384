/** Apps with a seeder, for plans. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type App, Stack } from 'aws-cdk-lib';
import { type IUserPool, UserPool } from 'aws-cdk-lib/aws-cognito';
import { SeedSource, type SeedUser, UserAttributesSeeder, type UserAttributesSeederProps } from '../../../../lib';
import { synthesize } from '../../support/fixture';

export interface ShopOptions extends Partial<Omit<UserAttributesSeederProps, 'source'>> {
  readonly users: readonly SeedUser[] | ((stack: Stack, userPool: IUserPool) => SeedUser[]);
}

/** `Shop/People`, whose pool nobody knows at synth, so that nothing is checked against it. */
export const shop = ({ users, ...props }: ShopOptions): string =>
  synthesize((app: App) => {
    const stack = new Stack(app, 'Shop');
    const userPool = UserPool.fromUserPoolId(stack, 'Pool', 'local_unknown');
    const declared = typeof users === 'function' ? users(stack, userPool) : users;
    new UserAttributesSeeder(stack, 'People', { userPool, source: SeedSource.inline([...declared]), ...props });
  });

/** As CloudFormation hands them to the function of the assembly's seeder, tokens aside. */
export const seederProperties = (assembly: string): any => {
  const { Resources } = JSON.parse(readFileSync(path.join(assembly, 'Shop.template.json'), 'utf8'));
  return Object.values<any>(Resources).find(({ Type }) => Type === 'Custom::CognitoUserAttributes').Properties;
};

/** The group by which the pool knows whom the assembly's seeder has created. */
export const ownerGroup = (assembly: string): string => seederProperties(assembly).Creation.Owner;
