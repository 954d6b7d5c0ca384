import type { Medium } from '../../../lib/private/contracts/seed-creation';
import type { Password } from '../step/password';

/** Where a password comes from: never the password. */
export const passwordInWords = (
  { kind, secret }: Password,
  isInvited: boolean,
  isSetAgain: boolean | undefined,
): string => {
  switch (kind) {
    case 'generated':
    case 'secret':
      if (isSetAgain) return `set again, out of the secret ${secret}`;
      return kind === 'generated' ? `generated, in the secret ${secret}` : `out of the secret ${secret}`;
    case 'temporary':
      return `temporary, out of the secret ${secret}`;
    case 'random':
      return 'random: nobody learns it';
    case 'cognito':
      return isInvited ? "Cognito's own, which the invitation tells" : "Cognito's own: nobody learns it";
  }
};

const MEDIA: Readonly<Record<Medium, string>> = { EMAIL: 'by e-mail', SMS: 'by SMS' };

/** `by e-mail and by SMS` */
export const invitationInWords = (media: readonly Medium[]): string =>
  media.map((medium) => MEDIA[medium]).join(' and ');
