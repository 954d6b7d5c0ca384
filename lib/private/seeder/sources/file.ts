import type { Construct } from 'constructs';
import { basename } from 'node:path';
import type { SeedCsvOptions } from '../../../seed-file-options';
import type { FileFormat, Source } from '../../contracts/seed-source';
import { creationOptions } from '../creation';
import { checkFileOptions } from '../validation/file-options';
import { type BindSource, type BoundSource, type Contact, NO_PASSWORDS } from './bound-source';
import { preparedAsset } from './prepared-asset';
import { ReadFile } from './read-file';

/** Users who are declared in a file of the author's. */
export const fileSource =
  (path: string, format: FileFormat, options: SeedCsvOptions): BindSource =>
  (scope, { verification, missingUsers }) => {
    const file = new ReadFile(String(path ?? ''), {
      format,
      blankCells: options.blankCells ?? 'LEAVE_ALONE',
      ...(verification && { verification: `${verification}` }),
      creates: creationOptions(missingUsers) !== undefined,
    });
    return {
      ...deployed(scope, file),
      actions: [],
      users: file.isBroken ? undefined : file.rows.map(({ user }) => user),
      passwords: NO_PASSWORDS,
      findings: (rules) => [...checkFileOptions(options), ...file.findings(rules)],
      contacts: () => new Set(CONTACTS.filter((contact) => file.rows.some(({ user }) => user.attributes[contact]))),
      hasClientMetadata: () => file.rows.some(({ user }) => Object.keys(user.clientMetadata ?? {}).length > 0),
    };
  };

const CONTACTS: readonly Contact[] = ['email', 'phone_number'];

const deployed = (scope: Construct, { path, rows, isBroken }: ReadFile): Pick<BoundSource, 'source' | 'statements'> => {
  // The whole path is another on another machine.
  const name = basename(path);
  const sourceAt = (bucket: string, key: string): Source => ({
    kind: 'file',
    file: { bucket, key, name, users: rows.length },
  });
  // The validation tells why, and nothing is deployed.
  if (isBroken) return { source: sourceAt('', ''), statements: [] };
  const { bucket, key, statement } = preparedAsset(scope, rows, name);
  return { source: sourceAt(bucket, key), statements: [statement] };
};
