import { Token } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { type ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { UserPassword } from '../../user-password';
import type { PasswordSource } from '../contracts/seed-user';
import { defaultsOf } from '../resources/defaults';
import { digest } from '../pool-identity';

/** A password as its author declares it. */
export type DeclaredPassword =
  | { readonly kind: 'secret'; readonly secret: ISecret; readonly field?: string; readonly temporary: boolean }
  | { readonly kind: 'generated'; readonly encryptionKey?: IKey }
  | { readonly kind: 'random' };

/** A password in its seeder's terms. */
export interface BoundPassword {
  /** What the function is told. */
  readonly source: PasswordSource;
  /** What it may read for it. */
  readonly secret?: ISecret;
  readonly field?: string;
}

/** The field of a generated secret that holds the password. */
const FIELD = 'password';

/** Of a generated password. */
export const GENERATED_LENGTH = 32;

/**
 * Never throws, whatever is declared: the validation tells.
 *
 * @param username absent where the password is not one user's
 */
export const boundPassword = (seeder: Construct, password: unknown, username?: string): BoundPassword | undefined => {
  if (!(password instanceof UserPassword)) return undefined;
  const declared = password._password;
  switch (declared.kind) {
    case 'secret':
      return fromSecret(declared.secret, declared.field, declared.temporary);
    case 'generated':
      if (typeof username !== 'string' || Token.isUnresolved(username)) return undefined;
      return fromSecret(generatedSecret(seeder, username, declared.encryptionKey), FIELD, false);
    case 'random':
      return { source: { kind: 'random' } };
  }
};

const fromSecret = (
  secret: ISecret | undefined,
  field: string | undefined,
  temporary: boolean,
): BoundPassword | undefined =>
  secret && { source: { kind: 'secret', secret: secret.secretArn, field, temporary }, secret, field };

/**
 * Its id follows the username alone, so that it stays as others come and go. What stands in `generateSecretString` must never
 * change: CloudFormation would generate another password.
 */
const generatedSecret = (seeder: Construct, username: string, encryptionKey: IKey | undefined): ISecret => {
  const id = `Password${digest(username)}`;
  const known = seeder.node.tryFindChild(id);
  return known
    ? (known as Secret)
    : new Secret(seeder, id, {
        description: `Password of a Cognito user, generated for ${seeder.node.path}`,
        encryptionKey: encryptionKey ?? defaultsOf(seeder).encryptionKey,
        generateSecretString: {
          secretStringTemplate: JSON.stringify({ username }),
          generateStringKey: FIELD,
          passwordLength: GENERATED_LENGTH,
          // What shells and JSON would take for something else.
          excludeCharacters: `"'\\\` `,
          requireEachIncludedType: true,
        },
      });
};
