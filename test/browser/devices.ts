import type { BrowserContextOptions } from 'playwright-core';

export const DESK: BrowserContextOptions = { viewport: { width: 1440, height: 1000 } };
export const PHONE: BrowserContextOptions = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
