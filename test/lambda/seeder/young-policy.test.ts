import { youngPolicy } from '../../../lambda/seeder/young-policy';
import { sdkError } from '../../support/pool-model';

const clock = () => {
  let now = 0;
  return { now: () => now, sleep: async (milliseconds: number) => void (now += milliseconds) };
};
const denied = () => sdkError('AccessDeniedException', '', 400);

test('a denied request is sent again until its policy has arrived', async () => {
  let tries = 0;
  const send = async () => {
    if (++tries < 5) throw denied();
    return 'read';
  };
  expect(await youngPolicy(clock())(send)).toBe('read');
});

test('all requests wait for one policy: not each for itself', async () => {
  const patiently = youngPolicy(clock());
  let tries = 0;
  const send = async () => {
    tries++;
    throw denied();
  };
  await expect(patiently(send)).rejects.toThrow();
  expect(tries).toBe(16);
  await expect(patiently(send)).rejects.toThrow();
  expect(tries).toBe(17);
});

test('any other failure is no policy’s', async () => {
  let tries = 0;
  const send = async () => {
    tries++;
    throw sdkError('ResourceNotFoundException');
  };
  await expect(youngPolicy(clock())(send)).rejects.toThrow();
  expect(tries).toBe(1);
});
