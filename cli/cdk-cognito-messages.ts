/** The command: looks at the messages of an app before Cognito sends them. */
import { Command, CommanderError, Option } from 'commander';
import { CommandError, reasonOf } from './preview/errors';
import { preview } from './preview/preview';
import { summaryOf } from './preview/summary';

const program = new Command('cdk-cognito-messages')
  .description('Shows what a CDK app’s CustomMessageTriggers send.')
  .exitOverride();

program
  .command('preview')
  .description('Renders every message of an app into a gallery of static HTML pages.')
  .addOption(new Option('--app <command>', 'what synthesizes the app (default: app of cdk.json)').conflicts('assembly'))
  .option('--assembly <directory>', 'a cloud assembly, such as cdk.out, in place of an app')
  .option('--out <directory>', 'where the gallery goes: empty, to be made, or an earlier gallery', 'preview')
  .option('--samples <file>', 'JSON with userName, userAttributes and clientMetadata to show in place of made-up ones')
  .action(async (options: { app?: string; assembly?: string; out: string; samples?: string }) => {
    const print = (output: string) => process.stderr.write(output);
    const done = await preview({ ...options, directory: process.cwd(), print });
    console.log(summaryOf(done));
  });

program.parseAsync().catch((error: unknown) => {
  // Commander has said what it has to say.
  if (error instanceof CommanderError) process.exitCode = error.exitCode;
  else {
    const unforeseen = error instanceof CommandError ? '' : 'unforeseen: ';
    console.error(`cdk-cognito-messages: ${unforeseen}${reasonOf(error)}`);
    process.exitCode = 1;
  }
});
