import { Annotations, RemovalPolicy, Token } from 'aws-cdk-lib';
import type { CfnUserPool } from 'aws-cdk-lib/aws-cognito';
import type { Construct } from 'constructs';
import type { UserAttributesSeederProps } from '../../user-attributes-seeder';
import { UserPassword } from '../../user-password';
import type { DeclaredUser } from '../contracts/seed-user';
import { hasCustomMessage, hasPreSignUp } from '../message/wiring';
import { creationOptions, deletesUsers } from './creation';
import { hasClientMetadata, messagesPeople, restores, unverifiedContacts } from './declaration';
import { keptAttributes } from './kept-attributes';
import type { BoundSource } from './sources/bound-source';
import { undeclaredGroups } from './undeclared-groups';
import { keeps } from './validation/kept';

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
    ...(pool ? otherGroups(source, pool) : []),
    ...nobodysPasswords(props, source),
    ...lostPasswords(props, source),
    ...deletedOwnValues(props, source),
    ...emptyUsers(props, source),
    ...idleDeletion(props),
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

const otherGroups = (source: BoundSource, pool: CfnUserPool): Warning[] =>
  undeclaredGroups(pool, source).map(({ name, meant }) => ({
    id: 'groupNotDeclared',
    text: `group '${name}' is none that the app declares for this pool; ${meant === undefined ? 'declare it, or it has' : `did you mean '${meant}'? Otherwise it has`} to exist at deployment`,
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

/** A random password, nobody has: its user comes in by a code, which goes to a verified address alone. */
const lostPasswords = ({ missingUsers }: UserAttributesSeederProps, { users }: BoundSource): Warning[] => {
  const creation = creationOptions(missingUsers);
  const isRandom = creation?.password instanceof UserPassword && creation.password._password.kind === 'random';
  const isLost = ({ attributes, enabled, password }: DeclaredUser) =>
    (password ? password.kind === 'random' : isRandom) &&
    enabled !== false &&
    attributes.email_verified !== 'true' &&
    attributes.phone_number_verified !== 'true';
  return creation && users?.some(isLost)
    ? [
        {
          id: 'createdUsersCannotRecover',
          text: "created users have a random password and no verified address: Cognito sends no code at a creation, and 'forgot password' refuses them; declare an address with verification: MARK_VERIFIED, or an invitation in place of the password",
        },
      ]
    : [];
};

/** What a rule gives, others may have chosen themselves. */
const deletedOwnValues = (props: UserAttributesSeederProps, { source }: BoundSource): Warning[] =>
  source.kind === 'existing' && isDestroyed(props) && !restores(props) && losesSome(source.existing.attributes, props)
    ? [
        {
          id: 'destroyDeletesOwnValues',
          text: 'DESTROY deletes a value from everybody who has the declared one, their own included; declare formerValues: FormerValues.RESTORE, or RETAIN',
        },
      ]
    : [];

const emptyUsers = (props: UserAttributesSeederProps, { users }: BoundSource): Warning[] =>
  isDestroyed(props) &&
  creationOptions(props.missingUsers) &&
  !deletesUsers(props) &&
  (!users || users.some(({ attributes }) => losesSome(attributes, props)))
    ? [
        {
          id: 'createdUsersStayWithoutAttributes',
          text: 'created users stay when the seeder goes, without their attributes; declare deleteWhenUndeclared: true, or RETAIN',
        },
      ]
    : [];

const idleDeletion = (props: UserAttributesSeederProps): Warning[] =>
  deletesUsers(props) && props.prune === false && !isDestroyed(props)
    ? [
        {
          id: 'deleteWhenUndeclaredWithoutEffect',
          text: 'deleteWhenUndeclared serves no purpose here: with prune: false who leaves the declaration stays, and with RETAIN everybody does when the seeder goes; leave prune out, or declare removalPolicy: DESTROY',
        },
      ]
    : [];

const isDestroyed = ({ removalPolicy }: UserAttributesSeederProps): boolean => removalPolicy === RemovalPolicy.DESTROY;

/** Whether any of the attributes goes from a user who had none of them before. */
const losesSome = (attributes: DeclaredUser['attributes'], props: UserAttributesSeederProps): boolean => {
  const kept = restores(props) ? [] : keptAttributes(props.existingValues);
  return Object.entries(attributes).some(
    ([name, value]) => value !== '' && !name.endsWith('_verified') && !keeps(kept, name),
  );
};
