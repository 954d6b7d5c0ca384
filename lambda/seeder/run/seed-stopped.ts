/** What no other try can help: the state machine does not repeat it. */
export class SeedStopped extends Error {
  readonly name = 'SeedStopped';
}
