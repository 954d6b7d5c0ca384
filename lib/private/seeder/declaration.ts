import { RemovalPolicy, Token } from 'aws-cdk-lib';
import { ContactVerification } from '../../contact-verification';
import type { SeedUser } from '../../seed-user';
import type { UserAttributes } from '../../user-attributes';
import type { UserAttributesSeederProps } from '../../user-attributes-seeder';
import { namedValues, textOf } from './attribute-names';
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
    namedValues({
      ...(verification === ContactVerification.MARK_VERIFIED ? flags(attributes) : {}),
      ...attributes,
    }).map(({ name, value }) => [name, Token.isUnresolved(value) ? Token.asString(value) : (textOf(value) ?? '')]),
  ),
  clientMetadata,
});

/** The flags that go with the declared addresses, unless the user has their own. */
const flags = ({ email, phoneNumber }: UserAttributes): UserAttributes => ({
  ...(email ? { emailVerified: true } : {}),
  ...(phoneNumber ? { phoneNumberVerified: true } : {}),
});

/** Whether Cognito may message somebody because of this declaration, so that ClientMetadata can reach a trigger. */
export const messagesPeople = (props: UserAttributesSeederProps): boolean =>
  props.verification === ContactVerification.SEND_MESSAGE &&
  props.source._users().some(({ attributes }) => Boolean(attributes.email || attributes.phoneNumber));

export const hasClientMetadata = (props: UserAttributesSeederProps): boolean =>
  [props, ...props.source._users()].some(({ clientMetadata }) => Object.keys(clientMetadata ?? {}).length > 0);
