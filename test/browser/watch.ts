import { strict as assert } from 'node:assert';
import type { BrowserContext } from 'playwright-core';

export interface Watch {
  /** Fails where anything but the expected was asked for, anything was complained of, or anything opened. */
  check(options?: WatchOptions): void;
}

export interface WatchOptions {
  /** Whether a policy or a sandbox may have stopped something. */
  readonly mayBlock?: boolean;
  /** Whether a request may have been answered with an error of the caller's. */
  readonly mayRefuse?: boolean;
}

/** What the policy and the sandbox stop is told on the console; so is a click on an anchor in a sandbox from disk. */
const BLOCKED =
  /Content Security Policy|document requires 'Trusted|frame is sandboxed|Not allowed to load local resource: \S+#/;
const REFUSED = /Failed to load resource: the server responded with a status of 4\d\d/;

/** Looks over the shoulder of all pages and frames of a context. */
export function watch(context: BrowserContext, ...bases: readonly string[]): Watch {
  const strangers = new Set<string>();
  const complaints: string[] = [];
  context.on('request', (request) => {
    const url = request.url();
    if (![...bases, 'data:'].some((base) => url.startsWith(base))) strangers.add(url);
  });
  // Chromium tells of a request that the policy has stopped before it was made.
  context.on('requestfailed', (request) => {
    if (request.failure()?.errorText === 'csp') strangers.delete(request.url());
  });
  context.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  context.on('weberror', (error) => complaints.push(String(error.error())));
  context.on('dialog', (dialog) => complaints.push(`a dialog: ${dialog.message()}`));
  context.on('page', (page) => page.on('popup', (popup) => strangers.add(`a window: ${popup.url()}`)));
  return {
    check: ({ mayBlock = false, mayRefuse = false } = {}) => {
      assert.deepEqual([...strangers], [], 'nothing else is asked for');
      const expected = [...(mayBlock ? [BLOCKED] : []), ...(mayRefuse ? [REFUSED] : [])];
      const unexpected = complaints.filter((text) => !expected.some((pattern) => pattern.test(text)));
      assert.deepEqual(unexpected, []);
    },
  };
}
