import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { ContactVerification } from '../../../contact-verification';
import type { Source } from '../../contracts/seed';
import type { Finding } from '../validation/finding';
import type { UserRules } from '../validation/users';

export type Contact = 'email' | 'phone_number';

/** What a seeder says of itself to its source. */
export interface SourceOptions {
  readonly verification?: ContactVerification;
}

/** A source in its seeder's terms. */
export interface BoundSource {
  /** What the function is told. */
  readonly source: Source;
  /** What the function calls on the pool because of this source, besides what it calls for every one. */
  readonly actions: readonly string[];
  /** What the function may read besides the pool. */
  readonly statements: readonly PolicyStatement[];
  /** What is wrong, as far as it is known at synth. */
  findings(rules: UserRules): Finding[];
  /** The addresses that are declared of users, where there is nothing wrong; undefined where only the deployment knows. */
  contacts(): ReadonlySet<Contact> | undefined;
  /** Whether it declares ClientMetadata of its own, where there is nothing wrong. */
  hasClientMetadata(): boolean;
}

export type BindSource = (scope: Construct, options: SourceOptions) => BoundSource;
