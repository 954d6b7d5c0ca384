/**
 * Some 20 seconds. `API_RUNS=100000 npx jest test/lambda/user-attributes-api-property` sends as many requests as it says, and
 * `API_SEED=5` others than usual; a failure tells its seed and path.
 */
import fc from 'fast-check';
import { type Draft, drafts, FLAGS, json, LISTED, type Route, RULES } from './api/support/requests';
import { type Answer, type Person, type SelfService, startSelfService } from './api/support/self-service';

const RUNS = Number(process.env.API_RUNS ?? 10_000);
const SEED = Number(process.env.API_SEED ?? 20_260_701);
/** As many people ask at once, each one thing after another. */
const PEOPLE = 4;

let service: SelfService;
let people: Person[];
/** The ClientMetadata that the pool's trigger has seen. */
const seen: Record<string, string>[] = [];

const ANN = {
  given_name: 'Annabel',
  family_name: 'Zimmermann',
  nickname: 'belle',
  'custom:theme': 'dark-mode',
  'custom:tenant': 'blue-harbour',
  email: 'annabel@example.com',
  email_verified: 'true',
  phone_number: '+431111111',
  phone_number_verified: 'true',
};

beforeAll(async () => {
  service = await startSelfService();
  service.cognito.setCustomMessage((event: { request: { clientMetadata: Record<string, string> } }) => {
    seen.push(event.request.clientMetadata);
    return event;
  });
  people = await Promise.all(Array.from({ length: PEOPLE }, () => service.person(ANN)));
});
afterAll(() => service?.stop());

const routes = (): Route[] => {
  const paths = service.api.openApi.paths as Record<string, Record<string, { readonly responses: object }>>;
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, { responses }]) => ({
      method: method.toUpperCase(),
      path: path.replace('/me/attributes', ''),
      statuses: Object.keys(responses).map(Number),
    })),
  );
};

type Attributes = Readonly<Record<string, string>>;

/** What a change asks for and gets at once: addresses wait, unless they go. */
const askedFor = ({ method, body }: Draft, status: number): [name: string, value: string | undefined][] => {
  if (method !== 'PATCH' || status !== 200) return [];
  const { attributes = {} } = JSON.parse(body) as { attributes?: Record<string, string | null> };
  return Object.entries(attributes)
    .map(([name, value]): [string, string | undefined] => [name, value?.trim() ? value : undefined])
    .filter(([name, value]) => value === undefined || !/^(email|phone_number)$/.test(name));
};

const keepsToRules = ({
  source,
  locale = 'de',
  campaign = 'spring-sale',
  referrer = '',
  ...rest
}: Attributes): boolean =>
  source === 'self-service' &&
  /^[a-zA-Z0-9-]{2,35}$/.test(locale) &&
  /^(spring|autumn)-sale$/.test(campaign) &&
  /^[a-z]{0,12}$/.test(referrer) &&
  Object.keys(rest).length === 0;

/** With the code that was sent to this person last, which no draft can know. */
const withRightCode = ({ username }: Person, draft: Draft): Draft => {
  const sent = service.cognito.deliveries.filter((delivery) => delivery.username === username).at(-1);
  if (!sent || !draft.hasRightCode || !draft.path.endsWith('/verification')) return draft;
  return { ...draft, path: `/${sent.attribute}/verification`, body: json([['code', sent.code]]) };
};

/** What is wrong with what has come of a request: nothing, if all is as it should be. */
const faultsOf = (draft: Draft, { status }: Answer, before: Attributes, after: Attributes): string[] => {
  const changed = Object.keys({ ...before, ...after }).filter((name) => before[name] !== after[name]);
  const isDocumented = draft.method !== draft.route.method || draft.route.statuses.includes(status);
  return [
    ...(status >= 500 || !isDocumented ? [`answered with ${status}`] : []),
    ...(status >= 400 && changed.length > 0 ? [`refused, and changed: ${changed}`] : []),
    ...changed
      .filter((name) => ![...FLAGS, ...LISTED].includes(name))
      .map((name) => `changed, and not listed: ${name}`),
    ...changed
      .filter((name) => LISTED.includes(name) && after[name] !== undefined && !RULES[name].test(after[name]))
      .map((name) => `against its rule: ${name}`),
    ...FLAGS.filter((flag) => after[flag] !== (flag.replace('_verified', '') in after ? 'true' : undefined)).map(
      (flag) => `not as its address: ${flag}`,
    ),
    ...askedFor(draft, status)
      .filter(([name, value]) => after[name] !== value)
      .map(([name]) => `asked for, and not so: ${name}`),
  ];
};

test(`of ${RUNS} requests none is answered with an error of the server, and none does what it may not`, async () => {
  const all = routes();
  expect(all).toHaveLength(5);
  const sent = new Map(all.map((route) => [route, { requests: 0, successes: 0 }]));

  const send = async (person: Person, drafted: Draft): Promise<void> => {
    const draft = withRightCode(person, drafted);
    const { route, method, path, headers, body } = draft;
    const before = await person.attributes();
    const answer = await person.ask(method, path, { headers, body: /GET|HEAD/.test(method) ? undefined : body });
    const count = sent.get(route)!;
    count.requests++;
    if (answer.status < 300) count.successes++;
    const faults = faultsOf(draft, answer, before, await person.attributes());
    if (faults.length > 0) throw new Error(faults.join('\n'));
  };

  await fc.assert(
    fc.asyncProperty(fc.array(drafts(all), { minLength: PEOPLE, maxLength: PEOPLE }), async (some) => {
      await Promise.all(some.map((draft, index) => send(people[index], draft)));
      const { calls, deliveries } = service.cognito;
      const names = calls.flatMap(({ attributeNames }) => attributeNames);
      expect(names.filter((name) => !LISTED.includes(name))).toEqual([]);
      expect(seen.splice(0).filter((metadata) => !keepsToRules(metadata))).toEqual([]);
      service.cognito.clearCalls();
      deliveries.splice(0, deliveries.length - 10 * PEOPLE);
    }),
    { numRuns: Math.ceil(RUNS / PEOPLE), seed: SEED },
  );

  const counts = [...sent.values()];
  const sum = (of: (count: (typeof counts)[number]) => number) => counts.reduce((all, count) => all + of(count), 0);
  expect(sum(({ requests }) => requests)).toBeGreaterThanOrEqual(RUNS);
  expect(sum(({ successes }) => successes) / RUNS).toBeGreaterThan(0.4);
  for (const { successes } of counts) expect(successes).toBeGreaterThan(RUNS / 100);
  const fields = /^(_aws|service|UserPoolId|Requests|ChangedAttributes|SentCodes|Problems?)$/;
  const logged = new Set(service.api.runner.logs.flatMap((line) => Object.keys(JSON.parse(line) as object)));
  expect([...logged].filter((field) => !fields.test(field))).toEqual([]);
}, 600_000);
