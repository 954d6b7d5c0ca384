export type QuotaCategory = 'UserAccountRecovery' | 'UserCreation' | 'UserList' | 'UserRead' | 'UserUpdate';

export interface Quota {
  readonly ratePerSecond: number;
  /** How many requests may come at once after a pause. @default ratePerSecond */
  readonly burst?: number;
}

/** A number is a rate with its default burst; a category left out is unlimited. */
export type Quotas = Readonly<Partial<Record<QuotaCategory, number | Quota>>>;

/** Cognito counts requests by category, over all pools of an account and Region. */
const CATEGORIES: Readonly<Record<QuotaCategory, readonly string[]>> = {
  UserAccountRecovery: ['AdminSetUserPassword', 'ConfirmForgotPassword', 'ForgotPassword'],
  UserCreation: ['AdminCreateUser', 'ConfirmSignUp', 'SignUp'],
  UserList: ['ListUsers', 'ListUsersInGroup'],
  UserRead: ['AdminGetUser', 'AdminListGroupsForUser', 'GetGroup', 'GetUser'],
  UserUpdate: [
    'AdminAddUserToGroup',
    'AdminDeleteUser',
    'AdminDeleteUserAttributes',
    'AdminDisableUser',
    'AdminEnableUser',
    'AdminRemoveUserFromGroup',
    'AdminUpdateUserAttributes',
    'CreateGroup',
    'DeleteGroup',
    'DeleteUserAttributes',
    'GetUserAttributeVerificationCode',
    'UpdateUserAttributes',
    'VerifyUserAttribute',
  ],
};

export const categoryOf = (operation: string): QuotaCategory | undefined =>
  (Object.keys(CATEGORIES) as QuotaCategory[]).find((category) => CATEGORIES[category].includes(operation));

/** So many requests a second, and so many at once. */
export class TokenBucket {
  private tokens: number;
  private filledAt = performance.now();

  constructor(
    private readonly ratePerSecond: number,
    private readonly burst: number,
  ) {
    this.tokens = burst;
  }

  take(): boolean {
    const now = performance.now();
    this.tokens = Math.min(this.burst, this.tokens + ((now - this.filledAt) / 1000) * this.ratePerSecond);
    this.filledAt = now;
    if (this.tokens < 1) return false;
    this.tokens -= 1;
    return true;
  }
}

/** One token bucket a category. */
export class Throttle {
  private readonly buckets = new Map<QuotaCategory, TokenBucket>();

  constructor(quotas: Quotas = {}) {
    for (const [category, quota] of Object.entries(quotas) as [QuotaCategory, number | Quota][]) {
      const { ratePerSecond, burst = ratePerSecond } = typeof quota === 'number' ? { ratePerSecond: quota } : quota;
      this.buckets.set(category, new TokenBucket(ratePerSecond, burst));
    }
  }

  /** Whether the request may pass. */
  admits(operation: string): boolean {
    const category = categoryOf(operation);
    return category === undefined || (this.buckets.get(category)?.take() ?? true);
  }
}
