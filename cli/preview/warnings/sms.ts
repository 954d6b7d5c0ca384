import { childrenOf, parseHtml, readableText, elementsOf } from '../html';
import { smsFacts } from '../sms';
import { count, type Finding, list, note, warning } from './finding';

/** What word processors put in place of what GSM-7 has. */
const REPLACEABLE: Readonly<Record<string, string>> = {
  '’': "'",
  '‘': "'",
  '“': '"',
  '”': '"',
  '„': '"',
  '–': '-',
  '—': '-',
  '…': '...',
  '•': '-',
  '\u00A0': 'a blank',
  '\u202F': 'a blank',
  '\t': 'a blank',
};

/**
 * @param text as it is sent
 * @param rendered as the function has written it, without what Cognito puts in
 */
export function smsFindings(text: string, rendered: string): Finding[] {
  const { encoding, segments, units, capacity, foreign } = smsFacts(text);
  const sent = segments > 1 ? `, in ${segments} segments, each of which is billed` : '';
  const findings: Finding[] = [];
  if (encoding === 'UCS-2') {
    const plain = foreign.filter((character) => Object.hasOwn(REPLACEABLE, character));
    const because = `${list(foreign.map((character) => `“${character}”`))} ${foreign.length === 1 ? 'is' : 'are'} not in the GSM-7 alphabet, so a segment holds 70 characters rather than 160`;
    findings.push(
      plain.length === foreign.length
        ? warning(
            'Typographic characters',
            `${because}${sent}: write ${list(plain.map((character) => REPLACEABLE[character]))} instead.`,
          )
        : note('Sent as UCS-2', `${because}${sent}.`),
    );
  } else if (segments > 1) {
    findings.push(
      note(
        'Several segments',
        `It takes ${units} of the ${capacity} characters of one SMS and goes out in ${count(segments, 'segment')}.`,
      ),
    );
  }
  if (hasMarkup(rendered)) {
    findings.push(
      warning(
        'Markup in an SMS',
        'It holds HTML tags or entities, which a phone shows as they stand: write plain text.',
      ),
    );
  }
  return findings;
}

function hasMarkup(text: string): boolean {
  const document = parseHtml(text);
  const body = [...elementsOf(document)].find(({ tagName }) => tagName === 'body');
  const tags = body ? childrenOf(body).some((node) => 'tagName' in node) : false;
  return tags || readableText(document) !== text.replace(/\s+/g, ' ').trim();
}
