import { Token } from 'aws-cdk-lib';

/** Whether a value is a plain map: authors without our types may write anything. */
export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !Token.isUnresolved(value);
