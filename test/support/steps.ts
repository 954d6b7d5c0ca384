let passed = 0;
let skipped = 0;
let failed = 0;

/** Runs a step and tells that it passed, and how long it took. */
export const step = async (title: string, action: () => unknown): Promise<void> => {
  const started = Date.now();
  await action();
  passed++;
  console.log(`✓ ${title} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
};

/** Says what could not be tried on this machine, and why; it counts as skipped, not as passed. */
export const skip = (title: string, reason: string): void => {
  skipped++;
  console.log(`- ${title}: skipped, ${reason}`);
};

/** Runs steps that build on each other up to the first that fails. */
const tried = async (steps: () => Promise<void>): Promise<void> => {
  try {
    await steps();
  } catch (error) {
    console.error(error);
    failed++;
  }
};

/** Runs rows of steps beside one another: one that fails ends its own row alone. */
export const beside = async (rows: readonly (() => Promise<void>)[]): Promise<void> => {
  await Promise.all(rows.map(tried));
};

/** Runs steps that build on each other up to the first that fails, then ends with a line that any pipeline can read. */
export const play = async (steps: () => Promise<void>): Promise<void> => {
  // Node.js ends, and calls it a success, where a step waits for what nobody will ever do.
  process.exitCode = 1;
  await tried(steps);
  process.exitCode = failed > 0 ? 1 : 0;
  console.log(`\n${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`);
};
