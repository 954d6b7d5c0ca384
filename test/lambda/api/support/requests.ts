/** Requests at random: what the API takes, what is near to it, and anything else. */
import fc from 'fast-check';
import { CONTACTS, OWN_METADATA } from '../../../../lib/private/contracts/api';

/** A call of the API, as its document has it. */
export interface Route {
  readonly method: string;
  /** Below the address of the attributes. */
  readonly path: string;
  /** The answers that the document knows. */
  readonly statuses: readonly number[];
}

/** A request before it is known who sends it. */
export interface Draft {
  /** The call that it comes from; another one, or none, where the method is another one. */
  readonly route: Route;
  readonly method: string;
  readonly path: string;
  readonly body: string;
  /** Whether it takes the latest code that was sent to whom it is in the place of its body. */
  readonly hasRightCode: boolean;
  readonly headers: Readonly<Record<string, string>>;
}

/** What each listed attribute may hold, written once more in another way than the product's. */
export const RULES: Readonly<Record<string, RegExp>> = {
  given_name: /^[^]{1,40}$/,
  nickname: /^[a-z](?=[^]{0,19}$)[a-z0-9-]*$/,
  locale: /^[a-zA-Z]{2,3}([-_][a-zA-Z0-9]{1,8})*$/,
  birthdate: /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/,
  email: /^[^\s@]+@[^\s@]+$/,
  phone_number: /^\+\d{1,15}$/,
  'custom:theme': /^(light|dark-mode)$/,
  'custom:bio': /^[^]{1,2048}$/,
};
/** Cognito's own, which follow the addresses: in this pool there is no address that is not confirmed. */
export const FLAGS = ['email_verified', 'phone_number_verified'];

const digits = (min: number, max: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: min, maxLength: max }).map((some) => some.join(''));
const word = fc.stringMatching(/^[a-z][a-z0-9-]{0,10}$/);
const anyText = fc.string({ unit: 'binary', maxLength: 60 });

/** Values that keep to their rules. */
const RIGHT: Readonly<Record<string, fc.Arbitrary<string>>> = {
  given_name: fc.oneof(fc.constantFrom('Zoë', '李', '<b>', '{####}', '__proto__'), word),
  nickname: word,
  locale: fc.constantFrom('de', 'de-AT', 'zh-Hant-TW', 'pt_BR'),
  birthdate: fc.constantFrom('1990-02-28', '0000-02-29'),
  email: word.map((name) => `${name}@example.com`),
  phone_number: digits(1, 15).map((number) => `+${number}`),
  'custom:theme': fc.constantFrom('light', 'dark-mode'),
  'custom:bio': fc.oneof(word, fc.constant('b'.repeat(2048)), fc.constant('"\\\n\u200d')),
};
export const LISTED = Object.keys(RIGHT);

const blank = fc.constantFrom(null, '', ' ', '\t\n');
const someValue = fc.oneof(
  fc.constantFrom<unknown>('light', 'no@mail', '+43', '2000-13-01', 'a'.repeat(41), 5, true, [], {}, '\u0000'),
  blank,
  anyText,
  fc.jsonValue({ maxDepth: 2 }),
);
const someName = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...LISTED) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      ...FLAGS,
      'sub',
      'family_name',
      'custom:tenant',
      '__proto__',
      'constructor',
      'toString',
      '',
    ),
  },
  anyText,
);

type Entry = readonly [name: string, value: unknown];
/** By hand: in an object, `__proto__` is no key, and a name stands once. */
export const json = (entries: readonly Entry[]): string =>
  `{${entries.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join()}}`;

const rightEntries = fc
  .subarray(LISTED, { minLength: 1, maxLength: 3 })
  .chain((names) =>
    fc.tuple(
      ...names.map((name) => fc.tuple(fc.constant(name), fc.oneof({ weight: 5, arbitrary: RIGHT[name] }, blank))),
    ),
  );
const otherEntries = fc.array(fc.tuple(someName, someValue), { minLength: 1, maxLength: 2 });
const entries: fc.Arbitrary<readonly Entry[]> = fc.oneof(
  { weight: 4, arbitrary: rightEntries },
  { weight: 1, arbitrary: fc.tuple(rightEntries, otherEntries).map(([right, other]) => [...right, ...other]) },
  { weight: 1, arbitrary: otherEntries },
);
const metadata: fc.Arbitrary<readonly Entry[]> = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom<Entry[]>([], [['campaign', 'spring-sale']], [['referrer', 'search']]) },
  fc.array(
    fc.tuple(fc.oneof(fc.constantFrom('campaign', 'referrer', ...Object.values(OWN_METADATA)), anyText), someValue),
    {
      maxLength: 2,
    },
  ),
);

const garbage = fc.oneof(
  fc.json({ maxDepth: 3 }),
  anyText,
  fc.constantFrom('', 'null', '{', '[]', '{}', `"${'x'.repeat(20_000)}"`),
);
const orGarbage = (right: fc.Arbitrary<string>) => fc.oneof({ weight: 7, arbitrary: right }, garbage);

const clientMetadata = metadata.map((some) => (some.length === 0 ? '' : `"clientMetadata":${json(some)}`));
const code = fc.oneof({ weight: 3, arbitrary: digits(6, 6) }, someValue);

/** Bodies by the last part of their path, which tells what they are for. */
const BODIES: Readonly<Record<string, fc.Arbitrary<string>>> = {
  attributes: orGarbage(
    fc.tuple(entries, clientMetadata).map((parts) => {
      const members = [`"attributes":${json(parts[0])}`, parts[1]];
      return `{${members.filter((member) => member !== '').join()}}`;
    }),
  ),
  'verification-code': orGarbage(clientMetadata.map((member) => `{${member}}`)),
  verification: orGarbage(code.map((value) => json([['code', value]]))),
};

/** Of what `fetch` sends: no control characters. */
const headerText = fc.stringMatching(/^[!-~\xa1-\xff][ -~\xa1-\xff]{0,40}$/);
const headers = fc.record(
  {
    'content-type': fc.oneof(
      {
        weight: 9,
        arbitrary: fc.constantFrom(
          'application/merge-patch+json',
          'application/json',
          'Application/JSON; charset=utf-8',
        ),
      },
      headerText,
    ),
    'accept-language': fc.oneof(fc.constantFrom('de-AT', 'fr;q=0.5, pt-BR', '*', `de${',en'.repeat(400)}`), headerText),
    'x-amz-target': headerText,
    'x-http-method-override': fc.constantFrom('DELETE', 'PATCH'),
  },
  { requiredKeys: ['content-type'] },
);

const pathName = (method: string) =>
  fc.oneof(
    // Else addresses would hardly live long enough to be confirmed.
    { weight: 9, arbitrary: fc.constantFrom(...(method === 'DELETE' ? LISTED : CONTACTS)).map(encodeURIComponent) },
    { weight: 1, arbitrary: someName.map(encodeURIComponent) },
    { weight: 1, arbitrary: fc.constantFrom('%', '%ff', '%00', 'nickname%2f', 'custom%253Atheme', '.', '*', '{name}') },
  );

export const drafts = (routes: readonly Route[]): fc.Arbitrary<Draft> =>
  fc.constantFrom(...routes).chain((route) => {
    const { method, path } = route;
    return fc.record({
      route: fc.constant(route),
      method: fc.oneof(
        { weight: 15, arbitrary: fc.constant(method) },
        fc.constantFrom('GET', 'PATCH', 'POST', 'DELETE', 'PUT', 'HEAD'),
      ),
      path: pathName(method).map((name) => path.replace('{name}', name)),
      body: BODIES[path.split('/').pop() || 'attributes'] ?? garbage,
      hasRightCode: fc.boolean(),
      headers,
    });
  });
