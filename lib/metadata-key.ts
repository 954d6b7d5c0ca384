import { longestOf } from './private/text-rule';

/** What a value of ClientMetadata must be like to be seen. */
export interface MetadataKeyOptions {
  /**
   * The longest value, in characters (UTF-16 code units): 1 to 256. A longer one counts as absent.
   *
   * @default 64
   */
  readonly maxLength?: number;

  /**
   * A regular expression that the whole value must match, in the syntax of JavaScript with the flag `u`:
   * `'[a-z][a-z0-9-]*'`. It must have one way to match a value, unlike `(a|b|ab)*` or
   * `(a+)+`: a value could keep it busy for minutes.
   *
   * @default - any characters
   */
  readonly pattern?: string;
}

/**
 * A key of ClientMetadata that templates may see. Whatever else a call sends along is ignored: anybody who may sign up or
 * reset a password chooses it.
 *
 * A value that breaks its rule counts as absent; the metric RefusedMetadata counts it.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html
 */
export class MetadataKey {
  /**
   * A key whose value is free text, within limits.
   *
   * @param name the key, as the calls send it: 1 to 128 characters
   */
  public static of(name: string, options: MetadataKeyOptions = {}): MetadataKey {
    return new MetadataKey(name, options.maxLength ?? 64, options.pattern, undefined);
  }

  /**
   * A key with a closed list of values.
   *
   * @param name the key, as the calls send it: 1 to 128 characters
   * @param values all that it may be, of at most 256 characters each
   */
  public static oneOf(name: string, values: string[]): MetadataKey {
    return new MetadataKey(name, longestOf(values), undefined, Array.isArray(values) ? [...values] : []);
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
