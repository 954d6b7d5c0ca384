/**
 * What the seeder loads only where users do not stand in the custom resource's properties: the clients of S3 and of CSV files
 * double its size.
 */
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { bulkStep, type BulkSurroundings } from './seeder/bulk-step';
import { createObjects, createS3 } from './seeder/objects';
import { createRunStore } from './seeder/run/run-store';
import type { Journal } from './seeder/journal';
import { isRollingBack as isStackRollingBack } from './seeder/stack-status';
import type { Request } from './seeder/step';
import { youngPolicy } from './seeder/young-policy';
import { diskStore } from './seeder/store/disk';

const s3 = createS3();
const objects = createObjects(s3);

/** @returns the report's place */
export const writeReport = async (bucket: string, name: string, lines: readonly unknown[]): Promise<string> => {
  await createRunStore(s3, bucket, 'reports').putLines(name, lines);
  return `s3://${bucket}/reports/${name}`;
};

export const planBulk = async (request: Request, surroundings: Omit<BulkSurroundings, 'objects' | 'store'>) =>
  bulkStep(request, { ...surroundings, objects, store: diskStore() });

/** Where journals are kept. */
export const journals = (bucket: string) => {
  const store = createRunStore(s3, bucket, 'former');
  return {
    load: (name: string) => youngPolicy()(() => store.get<Journal>(name)),
    save: (name: string, journal: Journal) => store.put(name, journal),
    // With its bucket it is gone, too.
    forget: (name: string) =>
      store.clear(name).catch((error) => {
        if (error.$metadata?.httpStatusCode !== 404) throw error;
      }),
  };
};

export const isRollingBack = (stackId: string) => isStackRollingBack(new CloudFormationClient({}), stackId);
