import { Annotations, Token } from 'aws-cdk-lib';
import type { CfnUserPool } from 'aws-cdk-lib/aws-cognito';
import type { Construct } from 'constructs';
import type { UserAttributesSeederProps } from '../../user-attributes-seeder';
import { hasCustomMessage, hasPreSignUp } from '../message/wiring';
import { creationOptions } from './creation';
import { hasClientMetadata, messagesPeople, unverifiedContacts } from './declaration';
import type { BoundSource } from './sources/bound-source';

/** Of its 14 minutes, half are kept for putting users back; before they are changed, they are read at the same pace. */
const SECONDS_FOR_UPDATES = 208;

/** Tells what will hardly be meant, of a declaration that is no mistake. */
export const warn = (
  seeder: Construct,
  props: UserAttributesSeederProps,
  source: BoundSource,
  pool: CfnUserPool | undefined,
): void => {
  const warnings = [
    ...tooManyUsers(props, source),
    ...idleMetadata(props, source, pool),
    ...(pool ? silentPool(props, source, pool) : []),
    ...nobodysPasswords(props, source),
  ];
  for (const { id, text } of warnings) Annotations.of(seeder).addWarningV2(`cdk-cognito-user-attributes:${id}`, text);
};

interface Warning {
  readonly id: string;
  readonly text: string;
}

const tooManyUsers = (
  { engine, requestsPerSecond = 10 }: UserAttributesSeederProps,
  { source }: BoundSource,
): Warning[] => {
  if (engine?._stepFunctions || source.kind !== 'file' || Token.isUnresolved(requestsPerSecond)) return [];
  const { users } = source.file;
  const seconds = Math.ceil(users / requestsPerSecond);
  return seconds <= SECONDS_FOR_UPDATES
    ? []
    : [
        {
          id: 'tooManyUsersForOneFunction',
          text: `to change all ${users} users takes ${seconds} s at ${requestsPerSecond} a second, and one function has some ${SECONDS_FOR_UPDATES} s for it: a deployment that changes so many would fail before its first write; declare engine: SeedEngine.stepFunctions()`,
        },
      ];
};

const silentPool = (props: UserAttributesSeederProps, source: BoundSource, pool: CfnUserPool): Warning[] =>
  unverifiedContacts(props, source, pool).map((contact) => ({
    id: 'contactNotVerifiedByPool',
    text: `verification is SEND_MESSAGE, but the user pool does not verify ${contact} automatically: nobody is messaged, and the address stays unverified; add it to the pool's autoVerify, or declare MARK_VERIFIED`,
  }));

const idleMetadata = (
  props: UserAttributesSeederProps,
  source: BoundSource,
  pool: CfnUserPool | undefined,
): Warning[] => {
  if (!hasClientMetadata(props, source)) return [];
  const isForCreations = creationOptions(props.missingUsers) !== undefined && (!pool || hasPreSignUp(pool));
  if (isForCreations) return [];
  if (!messagesPeople(props, source)) {
    return [
      {
        id: 'clientMetadataWithoutMessage',
        text: 'clientMetadata serves no purpose here: Cognito hands it to a trigger when it messages somebody, and no e-mail address or phone number is declared with verification: SEND_MESSAGE',
      },
    ];
  }
  return !pool || hasCustomMessage(pool)
    ? []
    : [
        {
          id: 'clientMetadataWithoutTrigger',
          text: 'clientMetadata serves no purpose here: the user pool has no CustomMessage trigger to read it; add a CustomMessageTrigger',
        },
      ];
};

/** A password that Cognito makes up, the invitation alone tells. */
const nobodysPasswords = ({ missingUsers }: UserAttributesSeederProps, { users }: BoundSource): Warning[] => {
  const creation = creationOptions(missingUsers);
  if (!creation || creation.password || creation.invitation?._media.length) return [];
  return users?.every(({ password }) => password)
    ? []
    : [
        {
          id: 'createdUsersCannotSignIn',
          text: 'MissingUsers.create() has neither an invitation nor a password: nobody can sign in as the users who are created until somebody sets their passwords; declare an invitation, or a password such as UserPassword.random() for people who come by "forgot password"',
        },
      ];
};
