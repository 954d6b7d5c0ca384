import type { Verification } from '../../contracts/seed-source';
import type { Problem } from './problem';

/** What is declared of an address and the flag that says whether it is verified. */
export interface DeclaredContact {
  /** Whether the address is declared, and whether it is to be deleted. */
  readonly address: 'value' | 'deleted' | 'undeclared';
  /** The flag as text; undefined where it is not declared, and where nobody knows it yet something else than true or false. */
  readonly flag: string | undefined;
  /** The flag's name where it is declared. */
  readonly flagName: string;
}

/** Nobody is messaged by accident: who changes an address says what happens to its owner. */
export const checkContact = (
  { address, flag, flagName }: DeclaredContact,
  verification: Verification | undefined,
): Problem[] => {
  if (address !== 'value') {
    return address === 'deleted' && flag !== undefined
      ? [{ rule: `it is deleted, and ${flagName} is declared`, remedy: `leave ${flagName} out` }]
      : [];
  }
  if (flag === undefined) return verification === undefined ? [UNDECIDED] : [];
  if (flag !== 'true' && flag !== 'false') {
    return [
      {
        rule: `${flagName} beside a value must be known at synth, or it may cause a message`,
        remedy: `declare ${flagName} true, or leave it out and declare verification`,
      },
    ];
  }
  if (flag === 'false') {
    return [
      {
        rule: `${flagName} is declared false beside a value, and Cognito may send its owner a code`,
        remedy: `leave ${flagName} out and declare verification: SEND_MESSAGE (unverified until confirmed) or MARK_VERIFIED`,
      },
    ];
  }
  return verification === 'SEND_MESSAGE'
    ? [
        {
          rule: `${flagName} is declared true, so nobody is messaged, but verification is SEND_MESSAGE`,
          remedy: `leave ${flagName} out, or declare this user in a seeder with MARK_VERIFIED`,
        },
      ]
    : [];
};

const UNDECIDED: Problem = {
  rule: 'nothing says whether the owner of the address is messaged',
  remedy: 'declare verification: ContactVerification.MARK_VERIFIED (nobody is) or SEND_MESSAGE (Cognito sends a code)',
};
