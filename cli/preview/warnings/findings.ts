/** All that is to be said of one message. */
import { INVITATION_SOURCE, type MessageIndexWire } from '../../../lib/private/contracts/message';
import { parseVariable } from '../../../lib/private/contracts/message-text';
import type { Sample } from '../events';
import { fill, HARMFUL_PASSWORD, type Texts } from '../fill';
import { elementsOf, parseHtml, readableText } from '../html';
import { localeNames } from '../locale-name';
import { needsOf, piecesOf } from '../messages';
import { REASON_WORDS, variantTitle } from '../words';
import type { Default } from '../runtime';
import { bodyFindings, subjectFindings } from './email';
import { type Finding, list, note, warning } from './finding';
import { limitFindings } from './limits';
import { smsFindings } from './sms';

export interface Examined {
  readonly sample: Sample;
  /** As the function has written it; nothing where Cognito sends its own words. */
  readonly rendered?: Texts;
  /** As it is sent. */
  readonly filled?: Texts;
  readonly left?: Default;
  /** Whether what was sent can have come of the text. */
  readonly isIntended: boolean;
}

export function findingsOf(index: MessageIndexWire, message: Examined): Finding[] {
  const { sample } = message;
  const isInvitation = sample.source === INVITATION_SOURCE;
  return [
    ...choiceFindings(message),
    ...(sample.instead ? [] : contentFindings(message)),
    // Once for each text: what is sent without values is no longer, and needs none.
    ...(sample.absent.length > 0
      ? []
      : [...limitFindings(index, isInvitation, sample.channel, sample.text), ...needFindings(sample)]),
  ];
}

/** Most messages that go out in Cognito's words do so because somebody has no name. */
function needFindings({ text, variant }: Sample): Finding[] {
  const needed = [...needsOf(piecesOf(text))].filter((name) => {
    const variable = parseVariable(name);
    if (variable?.kind === 'clientMetadata') return !Object.hasOwn(variant.when, variable.key);
    return variable?.kind === 'userAttributes' && variable.key !== 'sub';
  });
  if (needed.length === 0) return [];
  return [
    note(
      'Needs values',
      `Without ${list(needed.map((name) => `{{${name}}}`))}, Cognito sends its own words: put what needs a value between {{#${needed[0]}}} and {{/${needed[0]}}}, unless everybody has one.`,
    ),
  ];
}

function choiceFindings({ sample, left, isIntended }: Examined): Finding[] {
  if (sample.instead) {
    const { variant, locale } = sample.instead;
    const which = `${variantTitle(variant)}, ${localeNames(locale).english}`;
    return [
      warning(
        'Never sent',
        `Nobody gets this text: whoever it is meant for gets “${which}”. Remove it, or change what the other is meant for.`,
      ),
    ];
  }
  if (left) {
    const variable = left.variable === undefined ? '' : `: {{${left.variable}}}`;
    return [
      warning(
        'Left to Cognito',
        `Cognito sends its own words: ${REASON_WORDS[left.reason]}${variable}. ${remedyOf(left, sample)}`,
      ),
    ];
  }
  if (isIntended) return [];
  return [
    warning(
      'Another text',
      'The function answers this occasion with another text: synthesize the app again with the installed version of the library.',
    ),
  ];
}

function remedyOf({ reason, variable }: Default, { absent }: Sample): string {
  if (reason === 'NoValue' && variable !== undefined && absent.includes(variable)) {
    return `Put every {{${variable}}} between {{#${variable}}} and {{/${variable}}}.`;
  }
  return reason === 'NoValue' || reason === 'Address' || reason === 'Length'
    ? 'Other values may do: give the preview some with --samples.'
    : 'Repair the text.';
}

function contentFindings({ sample, rendered, filled }: Examined): Finding[] {
  const { emailSubject, emailMessage, smsMessage } = rendered ?? {};
  if (sample.channel === 'sms') {
    return smsMessage === undefined ? [] : smsFindings(filled!.smsMessage!, smsMessage);
  }
  if (emailMessage === undefined) return [];
  return [
    ...subjectFindings(emailSubject ?? ''),
    ...bodyFindings(emailMessage, sample.locale),
    ...(sample.source === INVITATION_SOURCE ? passwordFindings(emailMessage, sample) : []),
  ];
}

/** Cognito puts the temporary password in as it is, after the function has answered: nothing can escape it. */
function passwordFindings(html: string, { source, event }: Sample): Finding[] {
  const inAttribute = [...elementsOf(parseHtml(html))].some(({ attrs }) =>
    attrs.some(({ value }) => value.includes(event.request.codeParameter)),
  );
  const filling = { source, userName: event.userName, password: HARMFUL_PASSWORD };
  const { emailMessage } = fill({ emailMessage: html }, filling);
  const isWhole = readableText(parseHtml(emailMessage!)).includes(HARMFUL_PASSWORD);
  return [
    ...(inAttribute
      ? [
          warning(
            'Password in a tag',
            'The temporary password stands inside a tag, and may hold quotes, & or %: put {{code}} into the text.',
          ),
        ]
      : []),
    ...(isWhole
      ? []
      : [
          note(
            'Password with markup',
            `Cognito puts the temporary password in unescaped. Of ${HARMFUL_PASSWORD}, people would read ${HARMFUL_PASSWORD.slice(0, HARMFUL_PASSWORD.indexOf('<'))}: have whoever calls AdminCreateUser pass a TemporaryPassword without < and &.`,
          ),
        ]),
  ];
}
