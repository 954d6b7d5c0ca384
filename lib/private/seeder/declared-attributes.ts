import { Token } from 'aws-cdk-lib';
import { ContactVerification } from '../../contact-verification';
import type { UserAttributes } from '../../user-attributes';
import { type NamedValue, namedValues, textOf } from '../attribute-names';

/** Attributes that are declared in code, in the contract's terms. */
export const declaredAttributes = (
  attributes: UserAttributes,
  verification: ContactVerification | undefined,
): Record<string, string> =>
  Object.fromEntries(
    [...namedValues(attributes), ...(verification === ContactVerification.MARK_VERIFIED ? flags(attributes) : [])].map(
      ({ name, value }) => [name, Token.isUnresolved(value) ? Token.asString(value) : (textOf(value) ?? '')],
    ),
  );

/** The flags that go with the declared addresses. */
const flags = ({ email, phoneNumber }: UserAttributes): NamedValue[] => [
  ...(email ? [{ name: 'email_verified', value: true }] : []),
  ...(phoneNumber ? [{ name: 'phone_number_verified', value: true }] : []),
];
