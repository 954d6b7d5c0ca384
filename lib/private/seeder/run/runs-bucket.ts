import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';

/** Every run keeps its objects in a folder of its own below this one. */
const RUNS = 'runs';
/** Every seeder keeps below this one what the next run has to know. */
const SEEDERS = 'seeders';

/** Where the runs of a stack keep their objects, unless a seeder brings a bucket of its own. */
export const runsBucket = (scope: Construct, id: string): Bucket =>
  new Bucket(scope, id, {
    encryption: BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    // A run writes an object once, or a later state of the same object: there is nothing to go back to.
    versioned: false,
    // CloudFormation deletes empty buckets alone, and who was changed by a stack is asked after the stack is gone.
    removalPolicy: RemovalPolicy.RETAIN,
    lifecycleRules: [
      { prefix: `${RUNS}/`, expiration: Duration.days(90) },
      { abortIncompleteMultipartUploadAfter: Duration.days(1) },
    ],
  });

/** What the functions of a run do with the bucket. */
export const bucketStatements = (bucket: IBucket): PolicyStatement[] => [
  new PolicyStatement({
    actions: ['s3:GetObject', 's3:PutObject'],
    resources: [bucket.arnForObjects(`${RUNS}/*`), bucket.arnForObjects(`${SEEDERS}/*`)],
  }),
  new PolicyStatement({ actions: ['s3:DeleteObject'], resources: [bucket.arnForObjects(`${RUNS}/*`)] }),
  // Whoever may not list is told "forbidden" of an object that is not there.
  new PolicyStatement({ actions: ['s3:ListBucket'], resources: [bucket.bucketArn] }),
  ...(bucket.encryptionKey
    ? [
        new PolicyStatement({
          actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
          resources: [bucket.encryptionKey.keyArn],
        }),
      ]
    : []),
];
