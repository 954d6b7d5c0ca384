/**
 * What the seeder loads only where users do not stand in the custom resource's properties: the clients of S3 and of CSV files
 * double its size.
 */
import { bulkStep, type BulkSurroundings } from './seeder/bulk-step';
import { createObjects, createS3 } from './seeder/objects';
import type { Request } from './seeder/step';
import { diskStore } from './seeder/store/disk';

const objects = createObjects(createS3());

export const planBulk = async (request: Request, surroundings: Omit<BulkSurroundings, 'objects' | 'store'>) =>
  bulkStep(request, { ...surroundings, objects, store: diskStore() });
