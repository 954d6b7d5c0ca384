/**
 * Reads files of declared users, as rows and as problems: at synth, in the function and in the commands alike. Imports nothing
 * of aws-cdk-lib.
 */
export { readSeedFile, readSeedFileSync } from './read';
export type { RowProblem, SeedFileOptions, SeedFileSink } from './types';
