import { MAX_VALUE_LENGTH } from './private/contracts/api';
import { longestOf } from './private/text-rule';

/** What people may write into an attribute. */
export interface WritableAttributeOptions {
  /**
   * The longest value, in characters (UTF-16 code units): 1 to 2,048.
   *
   * @default 2048 - Cognito's limit, or the pool's schema's where it is lower and known
   */
  readonly maxLength?: number;

  /**
   * A regular expression that the whole value must match, in the syntax of JavaScript with the flag `u`:
   * `'[a-z][a-z0-9-]*'`. It must have one way to match a value, unlike `(a|b|ab)*` or
   * `(a+)+`: a value could keep it busy for minutes. There, `\p{…}` counts as any character: `[\p{L} -]+` passes, and
   * `\p{L}+(?:-\p{L}+)*` does not. An error at synth otherwise.
   *
   * @default - any value that the attribute takes: `email`, `phone_number`, `birthdate`, `locale` and `updated_at` have a form
   * of their own
   */
  readonly pattern?: string;
}

/**
 * An attribute that people may change themselves. They may delete it too, unless the pool requires it, or people sign in by it. Of
 * a pool of this app, its schema holds as well.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html
 */
export class WritableAttribute {
  /**
   * An attribute that holds free text, within limits.
   *
   * @param name as Cognito calls it or as `UserAttributes` does, such as `given_name` or `givenName`, `custom:theme` or
   * `custom.theme`
   */
  public static of(name: string, options: WritableAttributeOptions = {}): WritableAttribute {
    return new WritableAttribute(
      name,
      options?.maxLength ?? MAX_VALUE_LENGTH,
      options?.pattern ?? undefined,
      undefined,
    );
  }

  /**
   * An attribute that takes a closed list of values.
   *
   * @param name as Cognito calls it or as `UserAttributes` does, such as `locale` or `custom:theme`
   * @param values all that it may be, of 1 to 2,048 characters each, at least one; in the form that the attribute and the pool's schema ask for
   */
  public static oneOf(name: string, values: string[]): WritableAttribute {
    return new WritableAttribute(name, longestOf(values), undefined, Array.isArray(values) ? [...values] : []);
  }

  private constructor(
    /** @internal */
    public readonly _name: string,
    /** @internal */
    public readonly _maxLength: number,
    /** @internal */
    public readonly _pattern: string | undefined,
    /** @internal */
    public readonly _values: readonly string[] | undefined,
  ) {}
}
