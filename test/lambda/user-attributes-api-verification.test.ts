/** Addresses that change: in a pool that keeps the original, until the new one is confirmed with the code that was sent to it. */
import { type Person, type SelfService, startSelfService } from './api/support/self-service';

let service: SelfService;

beforeAll(async () => {
  service = await startSelfService();
});
afterAll(() => service.stop());
afterAll(() => service.expectSecrecy());
beforeEach(() => service.forget());

const OLD = {
  email: 'annabel@example.com',
  email_verified: 'true',
  phone_number: '+431111111',
  phone_number_verified: 'true',
};
const NEW = { email: 'sophie@example.org', phone_number: '+4922222222' } as const;

type Contact = keyof typeof NEW;
const CONTACTS: [Contact, object][] = [
  ['email', { attribute: 'email', medium: 'EMAIL', destination: 's***@e***' }],
  ['phone_number', { attribute: 'phone_number', medium: 'SMS', destination: '+******2222' }],
];

const problem = (status: number, code: string) => ({
  status,
  body: { status, type: expect.stringMatching(new RegExp(`#${code}$`)) },
});
const NOT_TAKEN = problem(422, 'code-mismatch');
const GONE = problem(422, 'code-expired');

/** Six digits, and others than the given ones. */
const otherThan = (code: string): string => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

const lastCode = (person: Person): string => person.codes().at(-1)!;

describe.each(CONTACTS)('%s', (contact, sentTo) => {
  const change = async (): Promise<Person> => {
    const ann = await service.person(OLD);
    expect(await ann.change({ [contact]: NEW[contact] })).toMatchObject({ status: 200, body: { codesSent: [sentTo] } });
    return ann;
  };

  test('stays as it was until the code is confirmed, and the code goes to the new one', async () => {
    const ann = await change();
    expect(await ann.attributes()).toEqual(OLD);
    expect((await ann.read()).body).toEqual({ attributes: OLD });
    expect(service.cognito.deliveries).toMatchObject([{ attribute: contact, destination: NEW[contact] }]);

    const { status, body } = await ann.confirm(contact, lastCode(ann));
    expect({ status, body }).toEqual({ status: 204, body: undefined });
    expect(await ann.attributes()).toEqual({ ...OLD, [contact]: NEW[contact] });
    expect(service.calls()).toEqual(['UpdateUserAttributes', 'GetUser', 'VerifyUserAttribute']);
  });

  test('is not changed by a wrong code, and by the right one after it', async () => {
    const ann = await change();
    expect(await ann.confirm(contact, otherThan(lastCode(ann)))).toMatchObject(NOT_TAKEN);
    expect(await ann.attributes()).toEqual(OLD);
    expect((await ann.confirm(contact, lastCode(ann))).status).toBe(204);
  });

  test('takes a code once', async () => {
    const ann = await change();
    await ann.confirm(contact, lastCode(ann));
    expect(await ann.confirm(contact, lastCode(ann))).toMatchObject(GONE);
    expect(await ann.attributes()).toEqual({ ...OLD, [contact]: NEW[contact] });
  });

  test('has another code sent to where the new one waits, and takes that one alone', async () => {
    const ann = await change();
    const answer = await ann.sendCode(contact);
    expect(answer).toMatchObject({ status: 202, body: { codesSent: [sentTo] } });
    const [first, second] = ann.codes();
    expect(service.cognito.deliveries).toMatchObject([{}, { destination: NEW[contact] }]);
    expect(await ann.confirm(contact, first)).toMatchObject(NOT_TAKEN);
    expect((await ann.confirm(contact, second)).status).toBe(204);
    expect(await ann.attributes()).toEqual({ ...OLD, [contact]: NEW[contact] });
  });

  test("takes nobody else's code", async () => {
    const ann = await change();
    const ben = await change();
    expect(await ann.confirm(contact, lastCode(ben))).toMatchObject(NOT_TAKEN);
    expect(await ann.attributes()).toEqual(OLD);
    expect((await ben.confirm(contact, lastCode(ben))).status).toBe(204);
  });

  test('takes no code where none was sent', async () => {
    const ann = await service.person(OLD);
    expect(await ann.confirm(contact, '123456')).toMatchObject(GONE);
  });

  test('takes no code that has expired', async () => {
    const ann = await change();
    service.cognito.setFaults(() => ({ kind: 'error', type: 'ExpiredCodeException', message: 'after 24 hours' }));
    expect(await ann.confirm(contact, lastCode(ann))).toMatchObject(GONE);
    expect(await ann.attributes()).toEqual(OLD);
  });

  test('is forgotten with what waits for its code, once it is deleted', async () => {
    const ann = await change();
    expect((await ann.remove(contact)).status).toBe(204);
    expect(await ann.confirm(contact, lastCode(ann))).toMatchObject(GONE);
    expect(await ann.attributes()).not.toHaveProperty(contact);
    expect(await ann.attributes()).not.toHaveProperty(`${contact}_verified`);
  });

  test('has no code sent to where there is no address', async () => {
    const ann = await service.person();
    expect(await ann.sendCode(contact)).toMatchObject(problem(422, 'code-not-delivered'));
    expect(service.cognito.deliveries).toEqual([]);
  });
});

test('both addresses wait at once, each for its own code', async () => {
  const ann = await service.person(OLD);
  const { body } = await ann.change({ ...NEW, given_name: 'Sophie-Ann' });
  expect(body).toEqual({ codesSent: CONTACTS.map(([, sentTo]) => sentTo) });
  expect(await ann.attributes()).toEqual({ ...OLD, given_name: 'Sophie-Ann' });

  const [emailed, texted] = ann.codes();
  expect(await ann.confirm('email', texted)).toMatchObject(NOT_TAKEN);
  expect((await ann.confirm('phone_number', texted)).status).toBe(204);
  expect(await ann.attributes()).toEqual({ ...OLD, given_name: 'Sophie-Ann', phone_number: NEW.phone_number });
  expect((await ann.confirm('email', emailed)).status).toBe(204);
  expect(await ann.attributes()).toMatchObject(NEW);
});

test('an address waits through other changes', async () => {
  const ann = await service.person(OLD);
  await ann.change({ email: NEW.email });
  await ann.change({ given_name: 'Sophie-Ann' });
  await ann.change({ phone_number: NEW.phone_number });
  const [emailed, texted] = ann.codes();
  expect((await ann.confirm('email', emailed)).status).toBe(204);
  expect((await ann.confirm('phone_number', texted)).status).toBe(204);
  expect(await ann.attributes()).toEqual({ ...OLD, ...NEW, given_name: 'Sophie-Ann' });
});

test('an address that changes again waits in the place of the former one', async () => {
  const ann = await service.person(OLD);
  await ann.change({ email: 'mistyped@example.org' });
  await ann.change({ email: NEW.email });
  const [former, latter] = ann.codes();
  expect(await ann.confirm('email', former)).toMatchObject(NOT_TAKEN);
  await ann.confirm('email', latter);
  expect(await ann.attributes()).toEqual({ ...OLD, email: NEW.email });
});

test('a code that can be no code never reaches Cognito', async () => {
  const ann = await service.person(OLD);
  await ann.change({ email: NEW.email });
  service.cognito.clearCalls();
  for (const code of [undefined, null, 123456, ['123456'], {}, '', ' ', '12 34', '123456\n', '1'.repeat(2049)]) {
    expect(await ann.confirm('email', code)).toMatchObject(problem(400, 'malformed-request'));
  }
  expect(service.calls()).toEqual([]);
});

test.each(['nickname', 'custom:theme', 'email_verified', 'sub', 'family_name', 'nosuch', '__proto__', 'constructor'])(
  'nothing but an address takes a code: %s',
  async (name) => {
    const ann = await service.person(OLD);
    expect(await ann.sendCode(name)).toMatchObject(problem(404, 'no-such-attribute'));
    expect(await ann.confirm(name, '123456')).toMatchObject(problem(404, 'no-such-attribute'));
    expect(service.calls()).toEqual([]);
  },
);

test('an address that another user has confirmed is refused to whom confirms it later', async () => {
  const own = await startSelfService({ pool: { aliases: ['email'] } });
  try {
    const [ann, ben] = [await own.person(OLD), await own.person()];
    await ann.change({ email: NEW.email });
    await ben.change({ email: NEW.email });
    expect((await ben.confirm('email', lastCode(ben))).status).toBe(204);
    expect(await ann.confirm('email', lastCode(ann))).toMatchObject(problem(409, 'value-taken'));
    expect(await ann.attributes()).toEqual(OLD);
    own.expectSecrecy();
  } finally {
    await own.stop();
  }
});
