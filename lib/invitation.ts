import type { Medium } from './private/contracts/seed-creation';

/**
 * How a created user learns of it: Cognito's own invitation, with username and temporary password. The pool's CustomMessage
 * trigger may write it.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/how-to-create-user-accounts.html
 */
export class Invitation {
  /**
   * Nobody is messaged.
   */
  public static none(): Invitation {
    return new Invitation([]);
  }

  /**
   * By e-mail. Every user has to declare an address.
   */
  public static email(): Invitation {
    return new Invitation(['EMAIL']);
  }

  /**
   * By SMS. Every user has to declare a phone number.
   */
  public static sms(): Invitation {
    return new Invitation(['SMS']);
  }

  /**
   * By both. Every user has to declare an address and a phone number.
   */
  public static emailAndSms(): Invitation {
    return new Invitation(['EMAIL', 'SMS']);
  }

  private constructor(
    /** @internal */
    public readonly _media: readonly Medium[],
  ) {}
}
