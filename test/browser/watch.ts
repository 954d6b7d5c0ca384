import { strict as assert } from 'node:assert';
import type { BrowserContext } from 'playwright-core';

export interface Watch {
  /** Fails where anything but the gallery was asked for, anything was complained of, or anything opened. */
  check(options?: { readonly mayBlock?: boolean }): void;
}

/** Looks over the shoulder of all pages and frames of a context. */
export function watch(context: BrowserContext, base: string): Watch {
  const strangers = new Set<string>();
  const complaints: string[] = [];
  context.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(base) && !url.startsWith('data:')) strangers.add(url);
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
    check: ({ mayBlock = false } = {}) => {
      assert.deepEqual([...strangers], [], 'nothing but the gallery is asked for');
      // What the policy and the sandbox stop is told on the console; so is a click on an anchor in a sandbox from disk.
      const expected = /Content Security Policy|frame is sandboxed|Not allowed to load local resource: \S+#/;
      assert.deepEqual(mayBlock ? complaints.filter((text) => !expected.test(text)) : complaints, []);
    },
  };
}
