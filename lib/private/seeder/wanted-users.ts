import { type IResolvable, Lazy, Stack, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { UserAttributesSeederProps } from '../../user-attributes-seeder';
import { nearest } from './nearest';
import { digest } from '../pool-identity';
import type { BoundSource } from './sources/bound-source';

/** CloudFormation takes an answer of 4,096 bytes. */
const MOST_USERS = 15;
/** Their names come back in it, beside their keys, `sub`s and the counts. */
const LONGEST_NAMES = 1200;

/** Users who are told by name to whom asks for another. */
const MOST_LISTED = 5;

/** The users whom the stack asks for, after its seeder has been made. */
export class WantedUsers {
  /** Their names by key; undefined where there are none. */
  public readonly wire: IResolvable = Lazy.any({
    produce: () => (this.names.size > 0 ? Object.fromEntries(this.names) : undefined),
  });

  private readonly names = new Map<string, string>();

  public constructor(
    private readonly seeder: Construct,
    private readonly props: UserAttributesSeederProps,
    private readonly source: BoundSource,
  ) {}

  public get isEmpty(): boolean {
    return this.names.size === 0;
  }

  /**
   * @returns the key of the user's attributes
   * @throws where the engine could not tell
   */
  public ask(username: string): string {
    this.requireAnswer();
    this.requireDeclared(username);
    // A token has another number at the next synthesis, and the same meaning.
    const key = `User${digest(JSON.stringify(Stack.of(this.seeder).resolve(username)))}`;
    if (!this.names.has(key)) this.requireRoom(username);
    this.names.set(key, username);
    return key;
  }

  private requireAnswer(): void {
    if (this.props.engine?._stepFunctions?.waitForCompletion === false) {
      throw this.mistake(
        'the deployment does not wait until the users are there',
        'leave waitForCompletion out, or ask the pool when it is over',
      );
    }
    if (['existing', 'object'].includes(this.source.source.kind)) {
      throw this.mistake(
        'which users there are is known to the deployment alone',
        'ask for users of SeedSource.inline(), .csv() or .jsonLines()',
      );
    }
  }

  private requireDeclared(username: string): void {
    // Where something is wrong with the source, the validation tells.
    const names = this.source.users?.map((user) => user.username);
    if (!names || names.includes(username)) return;
    const known = names.filter(isKnown);
    const meant = isKnown(username) ? nearest(username, known) : undefined;
    const ones = meant === undefined && names.length <= MOST_LISTED ? known : [meant].filter(isKnown);
    throw this.mistake(
      `${isKnown(username) ? `user '${username}'` : 'the user'} is not declared`,
      `declare them, or ask for ${ones.map((name) => `'${name}'`).join(' or ') || 'one who is'}`,
    );
  }

  private requireRoom(username: string): void {
    if (this.names.size >= MOST_USERS) {
      throw this.mistake(
        `CloudFormation takes an answer about ${MOST_USERS} users`,
        'divide the users between several seeders',
      );
    }
    const known = [...this.names.values(), username].filter(isKnown);
    if (Buffer.byteLength(known.join('')) > LONGEST_NAMES) {
      throw this.mistake(
        `CloudFormation takes an answer of 4,096 bytes, and the users' names together hold more than ${LONGEST_NAMES}`,
        'divide the users between several seeders',
      );
    }
  }

  private mistake(rule: string, remedy: string): Error {
    return new Error(`${this.seeder.node.path}: user(): ${rule}; ${remedy}`);
  }
}

const isKnown = (name: unknown): name is string => typeof name === 'string' && !Token.isUnresolved(name);
