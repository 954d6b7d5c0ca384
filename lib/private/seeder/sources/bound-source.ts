import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { ContactVerification } from '../../../contact-verification';
import type { MissingUsers } from '../../../missing-users';
import type { Source } from '../../contracts/seed-source';
import type { DeclaredUser } from '../../contracts/seed-user';
import type { BoundPassword } from '../passwords';
import type { Finding } from '../../finding';
import type { UserRules } from '../validation/users';

export type Contact = 'email' | 'phone_number';

/** What a seeder says of itself to its source. */
export interface SourceOptions {
  readonly verification?: ContactVerification;
  readonly missingUsers?: MissingUsers;
}

/** A source in its seeder's terms. */
export interface BoundSource {
  /** What the function is told. */
  readonly source: Source;
  /** What the function calls on the pool because of this source, besides what it calls for every one. */
  readonly actions: readonly string[];
  /** What the function may read besides the pool. */
  readonly statements: readonly PolicyStatement[];
  /** Whom it declares; undefined where only the deployment knows, or something is wrong. */
  readonly users: readonly DeclaredUser[] | undefined;
  /** The passwords that are declared of users, by username. */
  readonly passwords: ReadonlyMap<string, BoundPassword>;
  /** What is wrong, as far as it is known at synth. */
  findings(rules: UserRules): Finding[];
  /** The addresses that are declared of users, where there is nothing wrong; undefined where only the deployment knows. */
  contacts(): ReadonlySet<Contact> | undefined;
  /** Whether it declares ClientMetadata of its own, where there is nothing wrong. */
  hasClientMetadata(): boolean;
}

export type BindSource = (scope: Construct, options: SourceOptions) => BoundSource;

/** Of a source whose users declare none. */
export const NO_PASSWORDS: ReadonlyMap<string, BoundPassword> = new Map();
