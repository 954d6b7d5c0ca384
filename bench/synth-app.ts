/** The app whose synthesis `synth.ts` measures: a pool that knows its attributes, and a seeder that reads a file. */
import { rmSync } from 'node:fs';
import { App, Stack } from 'aws-cdk-lib';
import { StringAttribute, UserPool } from 'aws-cdk-lib/aws-cognito';
import { ContactVerification, SeedSource, UserAttributesSeeder } from '../lib';

/** Milliseconds from the App to the end of its synthesis. */
export const synthesis = (file: string): number => {
  const start = process.hrtime.bigint();
  const app = new App();
  const stack = new Stack(app, 'Stack');
  const userPool = new UserPool(stack, 'Pool', {
    signInCaseSensitive: false,
    signInAliases: { username: true, email: true },
    standardAttributes: { email: { required: true, mutable: true }, givenName: { mutable: true } },
    customAttributes: {
      tenant: new StringAttribute({ mutable: true, maxLen: 40 }),
      plan: new StringAttribute({ mutable: true }),
    },
  });
  new UserAttributesSeeder(stack, 'Seeder', {
    userPool,
    source: SeedSource.csv(file),
    verification: ContactVerification.MARK_VERIFIED,
  });
  const { directory } = app.synth();
  const time = Number(process.hrtime.bigint() - start) / 1e6;
  rmSync(directory, { recursive: true });
  return time;
};
