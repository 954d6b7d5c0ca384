import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** Without the last ones, Chromium asks Google's hosts for this and that of its own. */
const FLAGS = [
  '--no-sandbox', // of Chromium's own, which root has none of
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export function startChromium(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
  if (!existsSync(executablePath)) {
    throw new Error(
      `there is no Chromium at ${executablePath}: install it (Debian: apt-get install chromium), or set CHROMIUM to where it is`,
    );
  }
  return chromium.launch({ executablePath, args: FLAGS });
}
