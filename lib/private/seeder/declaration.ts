import { RemovalPolicy, Token } from 'aws-cdk-lib';
import type { CfnUserPool } from 'aws-cdk-lib/aws-cognito';
import { ContactVerification } from '../../contact-verification';
import type { SeedUser } from '../../seed-user';
import type { UserAttributes } from '../../user-attributes';
import type { UserAttributesSeederProps } from '../../user-attributes-seeder';
import { type NamedValue, namedValues, textOf } from '../attribute-names';
import type { DeclaredUser, Seed } from '../contracts/seed';
import { isRecord } from '../record';

/** The props in the contract's terms, defaults filled in. Never throws, whatever the props hold. */
export const declaration = (props: UserAttributesSeederProps): Seed => ({
  userPoolId: props.userPool.userPoolRef.userPoolId,
  users: wellFormed(props.source._users()).map((user) => declaredUser(user, props.verification)),
  clientMetadata: props.clientMetadata,
  onMissingUser: props.missingUsers?._mode ?? 'FAIL',
  prune: props.prune ?? true,
  onRemoval: props.removalPolicy === RemovalPolicy.DESTROY ? 'DESTROY' : 'RETAIN',
  requestsPerSecond: props.requestsPerSecond ?? 10,
});

/** The rest is the validation's to report, which runs later. */
const wellFormed = (users: readonly SeedUser[]): readonly SeedUser[] =>
  Array.isArray(users) ? users.filter((user) => isRecord(user) && isRecord(user.attributes)) : [];

const declaredUser = (
  { username, attributes, clientMetadata }: SeedUser,
  verification?: ContactVerification,
): DeclaredUser => ({
  username,
  attributes: Object.fromEntries(
    [...namedValues(attributes), ...(verification === ContactVerification.MARK_VERIFIED ? flags(attributes) : [])].map(
      ({ name, value }) => [name, Token.isUnresolved(value) ? Token.asString(value) : (textOf(value) ?? '')],
    ),
  ),
  clientMetadata,
});

/** The flags that go with the declared addresses. */
const flags = ({ email, phoneNumber }: UserAttributes): NamedValue[] => [
  ...(email ? [{ name: 'email_verified', value: true }] : []),
  ...(phoneNumber ? [{ name: 'phone_number_verified', value: true }] : []),
];

/** Whether Cognito may message somebody because of this declaration, so that ClientMetadata can reach a trigger. */
export const messagesPeople = (props: UserAttributesSeederProps): boolean =>
  props.verification === ContactVerification.SEND_MESSAGE &&
  props.source._users().some(({ attributes }) => Boolean(attributes.email || attributes.phoneNumber));

/** Contacts that are to be confirmed by their owners, whom the pool does not message. */
export const unverifiedContacts = (props: UserAttributesSeederProps, pool: CfnUserPool): string[] => {
  const verified: readonly string[] = pool.autoVerifiedAttributes ?? [];
  if (props.verification !== ContactVerification.SEND_MESSAGE || Token.isUnresolved(verified)) return [];
  const declares = (contact: 'email' | 'phoneNumber') =>
    props.source._users().some(({ attributes }) => Boolean(attributes[contact]));
  return [
    ...(declares('email') && !verified.includes('email') ? ['email'] : []),
    ...(declares('phoneNumber') && !verified.includes('phone_number') ? ['phone_number'] : []),
  ];
};

export const hasClientMetadata = (props: UserAttributesSeederProps): boolean =>
  [props, ...props.source._users()].some(({ clientMetadata }) => Object.keys(clientMetadata ?? {}).length > 0);
