/** A pool's settings as they go over the wire. UpdateUserPool resets what is left out, so what nobody here knows goes along. */
export type Settings = Readonly<Record<string, unknown>>;

/** What DescribeUserPool tells and UpdateUserPool does not take. */
export const READ_ONLY: readonly string[] = [
  'AliasAttributes',
  'Arn',
  'CreationDate',
  'CustomDomain',
  'Domain',
  'EmailConfigurationFailure',
  'EstimatedNumberOfUsers',
  'Id',
  'LastModifiedDate',
  'Name',
  'SchemaAttributes',
  'SmsConfigurationFailure',
  'Status',
  'UsernameAttributes',
  'UsernameConfiguration',
];

/** DescribeUserPool's answer as UpdateUserPool takes it. */
export const settingsOf = (pool: Settings): Settings => {
  const settings = without(pool, READ_ONLY);
  return withoutConflicts({ ...settings, ...(pool.Name === undefined ? {} : { PoolName: pool.Name }) });
};

/** What DescribeUserPool tells of both, and UpdateUserPool does not take together. */
const withoutConflicts = (settings: Settings): Settings => {
  const { AdminCreateUserConfig: creation, LambdaConfig: triggers } = settings;
  return {
    ...settings,
    // The days moved to the password policy, and Cognito refuses the old place beside the new one.
    ...(isRecord(creation) && at(settings, 'Policies', 'PasswordPolicy', 'TemporaryPasswordValidityDays') !== undefined
      ? { AdminCreateUserConfig: without(creation, ['UnusedAccountValidityDays']) }
      : {}),
    // Both are taken if they name one function; the versioned one counts.
    ...(isRecord(triggers) && differ(triggers.PreTokenGeneration, at(triggers, 'PreTokenGenerationConfig', 'LambdaArn'))
      ? { LambdaConfig: without(triggers, ['PreTokenGeneration']) }
      : {}),
  };
};

const differ = (one: unknown, other: unknown): boolean => one !== undefined && other !== undefined && one !== other;

/** The function that writes the messages. */
export const triggerOf = (settings: Settings): string | undefined => {
  const arn = at(settings, 'LambdaConfig', 'CustomMessage');
  return typeof arn === 'string' && arn !== '' ? arn : undefined;
};

/** The role through which the pool sends SMS. */
export const smsRoleOf = (settings: Settings): string | undefined => {
  const arn = at(settings, 'SmsConfiguration', 'SnsCallerArn');
  return typeof arn === 'string' && arn !== '' ? arn : undefined;
};

/** The same settings with another trigger, or none. */
export const withTrigger = (settings: Settings, functionArn: string | undefined): Settings => {
  const { LambdaConfig: triggers } = settings;
  const others = isRecord(triggers) ? without(triggers, ['CustomMessage']) : {};
  return { ...settings, LambdaConfig: functionArn === undefined ? others : { ...others, CustomMessage: functionArn } };
};

/** Where two pools differ, the trigger aside. What is empty counts as absent. */
export interface Differences {
  /** What there was before and is lost or another value. */
  readonly changed: string[];
  /** What there was not: a default that Cognito writes down, which nobody can ask it not to do. */
  readonly added: string[];
}

export const differences = (before: Settings, after: Settings): Differences => {
  const found: Differences = { changed: [], added: [] };
  compare(withTrigger(before, undefined), withTrigger(after, undefined), [], found);
  return found;
};

const compare = (one: unknown, other: unknown, path: readonly string[], found: Differences): void => {
  if (isEmpty(one)) {
    if (!isEmpty(other)) found.added.push(path.join('.'));
  } else if (isRecord(one) && isRecord(other)) {
    const keys = [...new Set([...Object.keys(one), ...Object.keys(other)])].sort();
    for (const key of keys) compare(own(one, key), own(other, key), [...path, key], found);
  } else if (JSON.stringify(sorted(one)) !== JSON.stringify(sorted(other))) {
    found.changed.push(path.join('.'));
  }
};

const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  (Array.isArray(value) && value.length === 0) ||
  (isRecord(value) && Object.values(value).every(isEmpty));

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isRecord(value)) return value;
  return Object.entries(value)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, entry]) => [key, sorted(entry)]);
};

const isRecord = (value: unknown): value is Settings =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const own = (settings: Settings, key: string): unknown => (Object.hasOwn(settings, key) ? settings[key] : undefined);

const at = (settings: Settings, ...path: readonly string[]): unknown =>
  path.reduce<unknown>((value, key) => (isRecord(value) ? own(value, key) : undefined), settings);

const without = (settings: Settings, keys: readonly string[]): Settings =>
  Object.fromEntries(Object.entries(settings).filter(([key]) => !keys.includes(key)));
