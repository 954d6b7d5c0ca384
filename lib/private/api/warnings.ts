import { Annotations } from 'aws-cdk-lib';
import type { CfnUserPool } from 'aws-cdk-lib/aws-cognito';
import type { Construct } from 'constructs';
import { CONTACTS } from '../contracts/api';
import { hasCustomMessage } from '../message/wiring';
import { type KnownClient, lacksScope } from './validation/clients';

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

/** A token with which this API is called opens Cognito's own API too, where the client's rights are all that counts. */
const freeClients = ({ clients, writable }: Warned): Warning[] =>
  clients.flatMap((client): Warning[] => {
    const more = client.writesMore(writable);
    return more.length === 0
      ? []
      : [
          [
            'clientWritesMore',
            `whoever signs in with the app client ${client.path} may also write ${more.join(', ')}, by asking Cognito itself with the same token: list in the client's writeAttributes no more than is writable here`,
          ],
        ];
  });

const unscopedClients = ({ clients }: Warned): Warning[] =>
  clients
    .filter(lacksScope)
    .map(({ path }) => [
      'clientWithoutScope',
      `tokens of the app client ${path} will not have the scope aws.cognito.signin.user.admin, without which this API refuses them: add OAuthScope.COGNITO_ADMIN to its scopes`,
    ]);

const unknownOriginals = ({ pool, writable }: Warned): Warning[] => {
  const contacts = writable.filter((name) => CONTACTS.includes(name));
  return pool || contacts.length === 0
    ? []
    : [
        [
          'originalsUnknown',
          `${contacts.join(' and ')} can be changed, and whether the imported pool keeps the original until the new one is confirmed is not known here: make sure that its keepOriginal (AttributesRequireVerificationBeforeUpdate) holds ${contacts.join(' and ')}`,
        ],
      ];
};

const idleMetadata = ({ pool, sendsMetadata }: Warned): Warning[] =>
  pool && sendsMetadata && !hasCustomMessage(pool)
    ? [
        [
          'idleMetadata',
          'callers may send ClientMetadata, and the pool has no CustomMessage trigger that reads it: declare a CustomMessageTrigger, or leave metadata out',
        ],
      ]
    : [];

const noRates = ({ stages }: Warned): Warning[] =>
  stages > 0
    ? []
    : [
        [
          'ratesNotSet',
          'the HTTP API has no stage in this stack, so the rates of the routes are not set: set routeSettings of its stage where it is declared',
        ],
      ];
