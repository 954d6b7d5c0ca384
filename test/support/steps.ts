let passed = 0;
let skipped = 0;

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

/** Runs steps that build on each other up to the first that fails, then ends with a line that any pipeline can read. */
export const play = async (steps: () => Promise<void>): Promise<void> => {
  let failed = 0;
  try {
    await steps();
  } catch (error) {
    console.error(error);
    failed = 1;
    process.exitCode = 1;
  }
  console.log(`\n${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`);
};
