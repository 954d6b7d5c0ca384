import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { UserPool, UserPoolEmail } from 'aws-cdk-lib/aws-cognito';
import { CustomMessageTrigger, type CustomMessageTriggerProps } from '../../lib';

/** The function of a trigger as a deployment would take it: the shipped bundle with the messages beside it. */
export interface MessageFunction {
  /** Holds index.js and the folder of messages. */
  readonly directory: string;
  readonly bundle: string;
  remove(): void;
}

export const synthesizeMessages = (
  props: Omit<CustomMessageTriggerProps, 'userPool'>,
  define: (messages: CustomMessageTrigger) => void = () => undefined,
): MessageFunction => {
  const outdir = mkdtempSync(path.join(tmpdir(), 'cdk-out-'));
  const stack = new Stack(new App({ outdir }), 'Stack');
  const userPool = new UserPool(stack, 'Pool', {
    email: UserPoolEmail.withSES({ fromEmail: 'a@b.example', sesRegion: 'eu-west-1' }),
  });
  define(new CustomMessageTrigger(stack, 'Messages', { userPool, ...props }));
  const assembly = (stack.node.root as App).synth();
  const resources: any[] = Object.values(assembly.getStackArtifact(stack.artifactId).template.Resources);
  const [handler] = resources.filter(({ Type }) => Type === 'AWS::Lambda::Function');
  const directory = path.join(outdir, `asset.${path.parse(handler.Properties.Code.S3Key).name}`);
  return { directory, bundle: path.join(directory, 'index.js'), remove: () => rmSync(outdir, { recursive: true }) };
};
