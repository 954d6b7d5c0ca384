/** The command: tells what a deployment would change for the users of a pool. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { isColorSupported } from 'picocolors';
import type { BlankCells, Verification } from '../lib/private/contracts/seed-source';
import { CommandError } from './preview/errors';
import { EXIT, exitCode } from './seed/output/exit-code';
import { jsonOf } from './seed/output/json';
import { Progress } from './seed/output/progress';
import { print } from './seed/output/print';
import { reasonsOf } from './seed/output/reasons';
import { textOf } from './seed/output/text';
import { plan } from './seed/plan';
import { FileMistakes } from './seed/step/mistakes';
import { Workspace } from './seed/workspace';

/** How many users are listed of a kind, unless somebody wants more. */
const LISTED = 50;

interface Options {
  readonly file?: string;
  readonly blankCells: string;
  readonly verification?: string;
  readonly assembly?: string;
  readonly app?: string;
  readonly stack?: string;
  readonly seeder?: string;
  readonly object?: string;
  readonly previous?: string;
  readonly userPoolId?: string;
  readonly region?: string;
  readonly profile?: string;
  readonly endpointUrl?: string;
  readonly showValues: boolean;
  readonly limit?: number;
  readonly all: boolean;
  readonly json: boolean;
}

const program = new Command('cdk-cognito-seed')
  .description('Shows what UserAttributesSeeders do to the users of a pool.')
  // Beside the bundle, and not in it: the number is set at release.
  .version(JSON.parse(readFileSync(path.join(__dirname, '../package.json'), 'utf8')).version)
  .exitOverride();

program
  .command('plan')
  .description(
    [
      'Shows what a deployment would change. Reads the pool, and writes nothing.',
      'Exit code: 0 no changes; 2 changes; 1 an error, or a deployment that would fail.',
    ].join('\n'),
  )
  .optionsGroup('What is declared:')
  .addOption(
    new Option('--file <file>', 'users.csv or users.jsonl, with or without .gz').conflicts(['assembly', 'app']),
  )
  .addOption(choice('--blank-cells <meaning>', 'of a CSV file', ['leave-alone', 'delete']).default('leave-alone'))
  .addOption(choice('--verification <how>', 'of addresses in a file', ['mark-verified', 'send-message']))
  .addOption(
    new Option('--assembly <directory>', 'a cloud assembly (default: cdk.out, where there is one)').conflicts('app'),
  )
  .option('--app <command>', 'what synthesizes the app (default: app of cdk.json)')
  .option('--stack <name>', 'the seeders of one stack')
  .option('--seeder <path>', 'one seeder, by its construct path or logical id')
  .option('--object <file>', 'the local copy of the object that a seeder reads from its bucket')
  .option('--previous <path>', 'the former declaration, a file or an assembly: shows what has left it')
  .optionsGroup('The pool:')
  .option('--user-pool-id <id>', 'where the template does not know it')
  .option('--region <name>', 'default: of the pool’s id')
  .option('--profile <name>', 'of the AWS configuration')
  .option('--endpoint-url <url>', 'of Cognito, or of what stands in for it')
  .optionsGroup('Output:')
  .option('--show-values', 'show the values of attributes, which may be people’s data', false)
  .addOption(
    new Option('--limit <number>', `how many users are listed of a kind (default: ${LISTED}; with --json, all)`)
      .argParser(wholeNumber)
      .conflicts('all'),
  )
  .option('--all', 'list all users', false)
  .option('--json', 'print one JSON document', false)
  .action(run);

async function run({ blankCells, verification, all, limit, json, showValues, ...options }: Options): Promise<void> {
  const workspace = new Workspace();
  const progress = new Progress(process.stderr);
  const plans = await plan(
    {
      ...options,
      blankCells: constant<BlankCells>(blankCells),
      ...(verification !== undefined && { verification: constant<Verification>(verification) }),
      limit: all ? Infinity : (limit ?? (json ? Infinity : LISTED)),
      onRead: progress.read,
      print: (output) => process.stderr.write(output),
    },
    workspace,
  ).finally(() => progress.end());
  process.exitCode = exitCode(plans);
  const { isTTY, columns = 80 } = process.stdout;
  await print(
    json ? jsonOf(plans, { showValues }) : textOf(plans, { showValues, columns, hasColors: isTTY && isColorSupported }),
  );
}

/** An option that takes its words as the constructs spell them, too: `MARK_VERIFIED`. */
function choice(flags: string, description: string, words: readonly string[]): Option {
  return new Option(flags, description).choices(words).argParser((given) => {
    const word = given.toLowerCase().replaceAll('_', '-');
    if (words.includes(word)) return word;
    throw new InvalidArgumentError(`Allowed choices are ${words.join(', ')}.`);
  });
}

/** `mark-verified` → `MARK_VERIFIED` */
function constant<T extends string>(choice: string): T {
  return choice.toUpperCase().replaceAll('-', '_') as T;
}

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(text);
}

// What lies in the workspace is removed at an exit, and a signal is none.
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const) {
  process.once(signal, () => process.exit(code));
}

program.parseAsync().catch((error: unknown) => {
  // Commander has said what it has to say.
  if (error instanceof CommanderError) process.exitCode = error.exitCode;
  else {
    const unforeseen = error instanceof CommandError || error instanceof FileMistakes ? '' : 'unforeseen: ';
    console.error(`cdk-cognito-seed: ${unforeseen}${reasonsOf(error).join('\n')}`);
    process.exitCode = EXIT.failure;
  }
});
