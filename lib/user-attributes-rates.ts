/**
 * How many requests a second an API takes, from all callers together. API Gateway answers with 429 where there are more; for a
 * second or two, twice as many pass.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/quotas.html
 */
export interface UserAttributesRates {
  /**
   * Requests that read attributes. Cognito's quota is 120 a second for an account and Region.
   *
   * @default 60
   */
  readonly reads?: number;

  /**
   * Requests that change or delete attributes, each. Cognito's quota is 25 a second for all updates of an account and Region, those
   * of seeders among them.
   *
   * @default 10
   */
  readonly changes?: number;

  /**
   * Requests that have a code sent, and those that try one, each. Codes cost money, and are what somebody guesses at.
   *
   * @default 5
   */
  readonly codes?: number;
}
