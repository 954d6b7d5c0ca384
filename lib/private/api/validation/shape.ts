import { Token } from 'aws-cdk-lib';
import type { UserAttributesApiProps } from '../../../user-attributes-api';
import type { Finding } from '../../finding';
import { isRecord } from '../../record';

/** Authors without our types may pass anything: what is not of the right shape is left out, and reported here. */
type Lists = 'userPoolClients' | 'writable' | 'readable' | 'sensitive' | 'metadata';

const has =
  (property: string) =>
  (entry: unknown): boolean =>
    typeof entry === 'object' && entry !== null && property in entry;

/** What a list holds. Names are looked at one by one elsewhere. */
const ENTRIES: Readonly<Record<Lists, { readonly fits: (entry: unknown) => boolean; readonly what: string }>> = {
  userPoolClients: { fits: has('userPoolClientRef'), what: 'app clients, such as a UserPoolClient' },
  writable: { fits: has('_name'), what: 'WritableAttribute.of(…) and WritableAttribute.oneOf(…)' },
  readable: { fits: () => true, what: 'names of attributes' },
  sensitive: { fits: () => true, what: 'names of attributes' },
  metadata: { fits: has('_name'), what: 'MetadataKey.of(…) and MetadataKey.oneOf(…)' },
};

const REQUIRED: readonly Lists[] = ['userPoolClients', 'writable'];

/** The entries of a list that are some. */
export const entriesOf = <T>(list: Lists, value: readonly T[] | undefined): readonly T[] =>
  Array.isArray(value) && !Token.isUnresolved(value) ? value.filter(ENTRIES[list].fits) : [];

/** The endpoint's own parts are read by whoever makes something of them. */
export const isEndpoint = has('_path');

/** All that is not of the right shape. */
export const checkShape = (props: UserAttributesApiProps): Finding[] => [
  ...(Object.keys(ENTRIES) as Lists[]).flatMap((list) => checkList(list, props[list])),
  ...(props.endpoint === undefined || isEndpoint(props.endpoint)
    ? []
    : [
        {
          rule: 'endpoint is none',
          remedy: 'declare UserAttributesEndpoint.create(…) or .routesOf(…), or leave it out',
        },
      ]),
  ...(props.rates === undefined || isRecord(props.rates)
    ? []
    : [{ rule: 'rates are none', remedy: 'declare reads, changes or codes, or leave them out' }]),
];

const checkList = (list: Lists, value: unknown): Finding[] => {
  if (value === undefined && !REQUIRED.includes(list)) return [];
  const { fits, what } = ENTRIES[list];
  const remedy = `list ${what}`;
  if (Token.isUnresolved(value))
    return [{ rule: `${list} is known only at deployment`, remedy: `write it out: ${remedy}` }];
  if (!Array.isArray(value)) return [{ rule: `${list} is no list`, remedy }];
  if (list === 'userPoolClients' && value.length === 0) return [NOBODY];
  return value.flatMap((entry, index) => (fits(entry) ? [] : [{ rule: `${list}[${index}] is none`, remedy }]));
};

const NOBODY: Finding = {
  rule: 'userPoolClients is empty, so nobody’s token is taken',
  remedy: 'list the app clients that people sign in with',
};
