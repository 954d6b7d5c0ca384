/** Cognito says of a missing group what it says of a missing pool, in other words. */
export const isGroupMissing = (error: unknown): boolean => {
  const { name, message } = error as Error;
  return name === 'GroupNotFound' || (name === 'ResourceNotFoundException' && !/pool/i.test(message));
};

/** A group is no secret: whoever has mistyped its name wants to see it. */
export class GroupNotFound extends Error {
  readonly name = 'GroupNotFound';

  public constructor(readonly group: string) {
    super();
  }
}

/** Takes Cognito's error for a missing group for one of ours. */
export const asGroupNotFound =
  (group: string) =>
  (error: unknown): never => {
    throw isGroupMissing(error) ? new GroupNotFound(group) : error;
  };
