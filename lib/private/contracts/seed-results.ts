/** What a seeder tells of itself: to CloudFormation, and to CloudWatch. */

/** The names of the custom resource's attributes. */
export const RESULT = {
  changedUsers: 'ChangedUsers',
  unchangedUsers: 'UnchangedUsers',
  skippedUsers: 'SkippedUsers',
  failedUsers: 'FailedUsers',
  /** How many of the changed ones have been created. */
  createdUsers: 'CreatedUsers',
  /** Where the report lies, as an S3 URI; a blank where there is none. */
  report: 'Report',
  /** The ARN of the Step Functions execution; a blank where there is none. */
  execution: 'Execution',
} as const;

/** The attributes of a user whom the stack asks for, by the key under which it does: see `Seed.wanted`. */
export const wantedResult = (key: string) => ({ sub: `${key}.Sub`, username: `${key}.Username` }) as const;

/** Where the handler's metrics go, and how they are told apart. */
export const METRICS = {
  namespace: 'CognitoUserAttributes',
  service: 'UserAttributesSeeder',
  /** Dimensions beside Powertools' own `service`. */
  poolDimension: 'UserPoolId',
  seederDimension: 'Seeder',
  changedUsers: 'ChangedUsers',
  createdUsers: 'CreatedUsers',
  failedUsers: 'FailedUsers',
  throttledRequests: 'ThrottledRequests',
  /** Users whom a run is about, counted when it has been planned. */
  plannedUsers: 'PlannedUsers',
  /** Users with whom a run has finished, whatever came of it. */
  finishedUsers: 'FinishedUsers',
  skippedUsers: 'SkippedUsers',
  /** Requests a second: as sent, and as allowed. */
  pace: 'RequestsPerSecond',
  paceLimit: 'RequestsPerSecondLimit',
} as const;
