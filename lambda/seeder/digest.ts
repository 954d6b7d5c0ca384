import { createHash } from 'node:crypto';

/** Tells values apart that went through CloudFormation, which need not keep the order of a map. */
export const digest = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value, inOrder)).digest('hex');

const inOrder = (_: string, value: unknown): unknown => {
  if (Array.isArray(value)) return value.every(isUser) ? [...value].sort(byUsername) : value;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
};

/** Declared users were a map on their way. */
const isUser = (value: unknown): value is { readonly username: string } =>
  typeof value === 'object' && value !== null && 'username' in value;

const byUsername = (one: { readonly username: string }, other: { readonly username: string }): number =>
  one.username < other.username ? -1 : 1;
