import { Annotations } from 'aws-cdk-lib';
import type { CfnUserPool } from 'aws-cdk-lib/aws-cognito';
import type { Construct } from 'constructs';
import { CONTACTS } from '../contracts/api';
import { hasCustomMessage } from '../message/wiring';
import { requiredAttributes } from '../pool-schema';
import { type KnownClient, lacksScope } from './validation/clients';
import { isImmutable } from './validation/immutable';
import { keepsOriginal } from './validation/originals';

export interface Warned {
  readonly pool: CfnUserPool | undefined;
  readonly clients: readonly KnownClient[];
  readonly writable: readonly string[];
  readonly sendsMetadata: boolean;
  /** How many stages have the rates. */
  readonly stages: number;
}

/** Tells what will hardly be meant, of a declaration that is no mistake. */
export const warn = (api: Construct, warned: Warned): void => {
  for (const [id, text] of [
    ...freeClients(warned),
    ...unscopedClients(warned),
    ...unknownOriginals(warned),
    ...idleMetadata(warned),
    ...noRates(warned),
  ]) {
    Annotations.of(api).addWarningV2(`cdk-cognito-user-attributes:${id}`, text);
  }
};

type Warning = [id: string, text: string];

/**
 * A token with which this API is called opens Cognito's own API too, where the client's rights are all that counts. Nobody writes
 * what is immutable, and no client of a pool can be without what the pool requires.
 */
const freeClients = ({ pool, clients, writable }: Warned): Warning[] => {
  const required = pool ? requiredAttributes(pool) : [];
  return clients.flatMap((client): Warning[] => {
    const more = client.writesMore([...writable, ...required]).filter((name) => !isImmutable(pool, name));
    return more.length === 0
      ? []
      : [
          [
            'clientWritesMore',
            `whoever signs in with the app client ${client.path} may also write ${more.join(', ')}, by asking Cognito itself with the same token: list in the client's writeAttributes no more than is writable here`,
          ],
        ];
  });
};

const unscopedClients = ({ clients }: Warned): Warning[] =>
  clients
    .filter(lacksScope)
    .map(({ path }) => [
      'clientWithoutScope',
      `tokens that the app client ${path} gets from the hosted pages will not have the scope aws.cognito.signin.user.admin, without which this API refuses them: add OAuthScope.COGNITO_ADMIN to its scopes, or name in its authFlows how people sign in without the pages`,
    ]);

const unknownOriginals = ({ pool, writable }: Warned): Warning[] => {
  const contacts = contactsOf(writable).filter((name) => !pool || keepsOriginal(pool, name) === undefined);
  const names = contacts.join(' and ');
  return contacts.length === 0
    ? []
    : [
        [
          'originalsUnknown',
          `${names} can be changed, and whether the pool keeps the original until the new one is confirmed is not known here: make sure that its keepOriginal (AttributesRequireVerificationBeforeUpdate) holds ${names}`,
        ],
      ];
};

const contactsOf = (writable: readonly string[]): string[] => writable.filter((name) => CONTACTS.includes(name));

/** Cognito hands ClientMetadata to that trigger alone, and calls it when it sends a code. */
const idleMetadata = ({ pool, writable, sendsMetadata }: Warned): Warning[] => {
  if (!sendsMetadata) return [];
  const sends = 'callers may send ClientMetadata, and';
  if (contactsOf(writable).length === 0) {
    return [
      [
        'idleMetadata',
        `${sends} neither email nor phone_number is writable, for which alone it is read: leave metadata out`,
      ],
    ];
  }
  return pool && !hasCustomMessage(pool)
    ? [
        [
          'idleMetadata',
          `${sends} the pool has no CustomMessage trigger that reads it: declare a CustomMessageTrigger, or leave metadata out`,
        ],
      ]
    : [];
};

const noRates = ({ stages }: Warned): Warning[] =>
  stages > 0
    ? []
    : [
        [
          'ratesNotSet',
          'the HTTP API has no stage in this stack, so the rates of the routes are not set: set routeSettings of its stage where it is declared',
        ],
      ];
