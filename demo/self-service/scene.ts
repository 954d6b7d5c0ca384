/**
 * Alice changes her own attributes, as a page of hers would: the example's client, over HTTP, against the API out of the example's
 * cloud assembly.
 */
import assert from 'node:assert/strict';
import pc from 'picocolors';
import { type AttributesClient, attributesClient, type Change, ProblemError } from '../../examples/self-service/client';
import { signIn } from '../../examples/self-service/sign-in';
import { headline, sentence, showCalls, showMessages, showRequests, showUsers, type Users } from '../show';
import { ALICE, PASSWORD, startSelfService } from './local';

const NEXT = 'alice@paperless.example.com';

export const playSelfService = async (): Promise<string[]> => {
  const { cognito, userPoolId, config, logs, stop } = await startSelfService([ALICE]);
  try {
    const alice = async (): Promise<Users> => ({ alice: { ...(await cognito.attributes(userPoolId, 'alice')) } });
    const play = async (...requests: (readonly [string, () => Promise<unknown>])[]): Promise<void> => {
      const before = await alice();
      cognito.clearCalls();
      cognito.clearDeliveries();
      const rows: [string, string][] = [];
      for (const [words, request] of requests) rows.push([words, await answerTo(request)]);
      showRequests(rows);
      showCalls(cognito.calls);
      showUsers(before, await alice());
      showMessages(cognito.deliveries);
    };

    headline('10  Alice changes her own attributes: an HTTP API, and the access token with which she signed in');
    const token = await signIn({ ...config, endpoint: config.cognitoEndpoint }, 'alice', PASSWORD);
    const api = attributesClient(config.attributesUrl, token, 'de-AT, en;q=0.5');
    const foreign = { 'custom:tenant': 'Green & Daughters' } as Change; // no type keeps a browser from sending it
    await play(
      [
        "change({ nickname: 'Lissy', 'custom:theme': 'dark' })",
        () => api.change({ nickname: 'Lissy', 'custom:theme': 'dark' }),
      ],
      ["change({ 'custom:tenant': 'Green & Daughters' })", () => api.change(foreign)],
    );
    const profile = { ...ALICE.attributes, nickname: 'Lissy', 'custom:theme': 'dark' };
    assert.deepEqual(await alice(), { alice: profile });

    sentence(
      'A new address has to be confirmed. Her browser prefers German, and she comes from a page about invoices:',
    );
    await play([
      `change({ email: '${NEXT}' }, { campaign: 'paperless' })`,
      () => api.change({ email: NEXT }, { campaign: 'paperless' }),
    ]);
    assert.deepEqual(await alice(), { alice: profile }, 'the old address stays until the new one is confirmed');
    const [{ code, emailSubject, destination }, ...others] = cognito.deliveries;
    assert.deepEqual([destination, others], [NEXT, []]);
    assert.equal(emailSubject, 'Bestätige, wohin deine Rechnungen gehen');

    const wrong = code === '000000' ? '000001' : '000000';
    await play(
      [`confirm('email', '${wrong}')`, () => api.confirm('email', wrong)],
      [`confirm('email', '${code}')`, () => api.confirm('email', code)],
    );
    assert.deepEqual(await alice(), { alice: { ...profile, email: NEXT } });
    assert.deepEqual(await api.read(), (await alice()).alice);

    const lines = logs();
    const values = [...Object.values(profile), NEXT, 'Green & Daughters'].filter((value) => value.length > 4);
    for (const secret of [...values, PASSWORD, token])
      assert(!lines.some((line) => line.includes(secret)), 'a value is in a log');
    assert(!lines.some((line) => new RegExp(`\\b${code}\\b`).test(line)), 'a code is in a log');
    return lines;
  } finally {
    await stop();
  }
};

/** In the words of a problem, where the request is refused. */
const answerTo = async (request: () => Promise<unknown>): Promise<string> => {
  try {
    const { codesSent = [] } = (await request()) as Partial<Awaited<ReturnType<AttributesClient['change']>>>;
    return [pc.green('done'), ...codesSent.map(({ destination }) => `a code has gone to ${destination}`)].join('\n');
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const { status, title, errors = [] } = error.problem;
    return [pc.red(`${status} ${title}`), ...errors.map(({ pointer, detail }) => `${pointer}: ${detail}`)].join('\n');
  }
};
