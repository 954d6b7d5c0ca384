/** Serves the page of the self-service example until Ctrl-C: sign in, change what you are, and read the messages beside it. */
import { once } from 'node:events';
import pc from 'picocolors';
import { headline, sentence } from '../show';
import { ALICE, PASSWORD } from './local';
import { startLocalPage } from './page-server';

const main = async (): Promise<void> => {
  const page = await startLocalPage([ALICE], Number(process.env.PORT ?? 0));
  headline('Change your own attributes, on an embedded Cognito');
  sentence(`  page      ${pc.bold(page.url)}`);
  sentence(`            ${page.url}?campaign=paperless, where the messages have words of their own`);
  sentence(`  user      ${ALICE.username}`);
  sentence(`  password  ${PASSWORD}`);
  sentence(pc.dim('Ctrl-C ends it, and forgets everything.'));
  await once(process, 'SIGINT');
  await page.stop();
};

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
