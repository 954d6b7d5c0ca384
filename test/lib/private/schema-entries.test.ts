import { Stack } from 'aws-cdk-lib';
import { CfnUserPool } from 'aws-cdk-lib/aws-cognito';
import { schemaEntries } from '../../../lib/private/schema-entries';

test('of a schema that an override changes nothing is known', () => {
  const pool = new CfnUserPool(new Stack(), 'Pool', { schema: [{ name: 'nickname' }] });
  expect([...schemaEntries(pool)!.keys()]).toEqual(['nickname']);
  pool.addPropertyOverride('Schema.0.Mutable', true); // the way around aws/aws-cdk#8624
  expect(schemaEntries(pool)).toBeUndefined();
});
