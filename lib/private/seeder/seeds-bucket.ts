import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import type { Construct, IDependable } from 'constructs';
import { defaultsOf, markWithDefaults } from '../resources/defaults';

const ID = 'CognitoUserAttributesBucket';

/** Every run keeps its objects in a folder of its own below this one. */
const RUNS = 'runs';
/** Every seeder keeps below this one what the next run has to know. */
const SEEDERS = 'seeders';
/** What users had before a declaration, of the engine without runs: runs keep it among theirs. */
const FORMER = 'former';
/** Of the engine without runs. */
const REPORTS = 'reports';

/** Where the seeders of a stack keep their objects, unless one brings a bucket of its own: made for the first that needs it. */
export const seedsBucket = (scope: Construct): IBucket => {
  const stack = Stack.of(scope);
  return (stack.node.tryFindChild(ID) as IBucket | undefined) ?? newBucket(stack);
};

const newBucket = (stack: Stack): Bucket => {
  // CloudFormation deletes empty buckets alone, and who was changed by a stack is asked after the stack is gone.
  const { encryptionKey, removalPolicy = RemovalPolicy.RETAIN } = defaultsOf(stack);
  const bucket = new Bucket(stack, ID, {
    ...(encryptionKey
      ? { encryption: BucketEncryption.KMS, encryptionKey, bucketKeyEnabled: true }
      : { encryption: BucketEncryption.S3_MANAGED }),
    enforceSSL: true,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    // An object is written once, or as a later state of the same: there is nothing to go back to.
    versioned: false,
    removalPolicy,
    autoDeleteObjects: removalPolicy === RemovalPolicy.DESTROY,
    lifecycleRules: [
      ...[RUNS, FORMER, REPORTS].map((folder) => ({ prefix: `${folder}/`, expiration: Duration.days(90) })),
      { abortIncompleteMultipartUploadAfter: Duration.days(1) },
    ],
  });
  markWithDefaults(bucket);
  return bucket;
};

/** What empties a bucket before it is destroyed, and has to come after all that write into it. */
export const emptying = (bucket: IBucket): IDependable[] =>
  bucket.node.children.filter(({ node }) => node.id === 'AutoDeleteObjectsCustomResource');

/** What the functions of a run do with the bucket. */
export const runStatements = (bucket: IBucket): PolicyStatement[] => [
  new PolicyStatement({
    actions: ['s3:GetObject', 's3:PutObject'],
    resources: [RUNS, SEEDERS].map((folder) => bucket.arnForObjects(`${folder}/*`)),
  }),
  new PolicyStatement({ actions: ['s3:DeleteObject'], resources: [bucket.arnForObjects(`${RUNS}/*`)] }),
  mayList(bucket),
  ...keyStatements(bucket, ['kms:Decrypt', 'kms:GenerateDataKey']),
];

/** To write reports, and read none. */
export const reportStatements = (bucket: IBucket): PolicyStatement[] => [
  new PolicyStatement({ actions: ['s3:PutObject'], resources: [bucket.arnForObjects(`${REPORTS}/*`)] }),
  ...keyStatements(bucket, ['kms:GenerateDataKey']),
];

/** To remember what users had, and to forget it. */
export const formerStatements = (bucket: IBucket): PolicyStatement[] => [
  new PolicyStatement({
    actions: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'],
    resources: [bucket.arnForObjects(`${FORMER}/*`)],
  }),
  mayList(bucket),
  ...keyStatements(bucket, ['kms:Decrypt', 'kms:GenerateDataKey']),
];

/** Whether a rollback is under way, the stack alone tells. */
export const rollbackStatement = (scope: Construct): PolicyStatement =>
  new PolicyStatement({ actions: ['cloudformation:DescribeStacks'], resources: [Stack.of(scope).stackId] });

/** Whoever may not list is told "forbidden" of an object that is not there. */
const mayList = (bucket: IBucket): PolicyStatement =>
  new PolicyStatement({ actions: ['s3:ListBucket'], resources: [bucket.bucketArn] });

const keyStatements = ({ encryptionKey }: IBucket, actions: string[]): PolicyStatement[] =>
  encryptionKey ? [new PolicyStatement({ actions, resources: [encryptionKey.keyArn] })] : [];
