/**
 * How many requests a second a route takes, from all callers together: from above 0 to 10,000. API Gateway answers with 429 where
 * there are more; for a second or two, twice as many pass (of a token, its number). On an HTTP API that is there, what its stage
 * says of a route, or of all, goes before a default, and what is declared here before both.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-throttling.html
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
   * of seeders among them. Of a new address each sends a code, and of two addresses two: `codes` does not count those.
   *
   * @default 10
   */
  readonly changes?: number;

  /**
   * Requests that have a code sent again, and those that try one, each. Codes cost money, and are what somebody guesses at.
   *
   * @default 5
   */
  readonly codes?: number;
}
