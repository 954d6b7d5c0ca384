import type { MessagePart } from '../../contracts/message';
import { CODE_LIKE, ENCODED_WORD, LINE_BREAKS, REFUSED_CHARACTERS, USERNAME_LIKE } from '../../contracts/message-text';
import type { Finding, Place } from '../pieces';
import type { Run } from './runs';

const ENCODED = new RegExp(ENCODED_WORD.replace('?', '\\?'));

/** What Cognito or a mail client would take the author's own words for, and the characters that Cognito refuses. */
export function checkWords(part: MessagePart, run: Run): Finding[] {
  const found = (places: readonly Place[], text: string): Finding[] => places.map((at) => ({ at, text }));
  return [
    ...found(
      run.find(CODE_LIKE),
      'holds a literal placeholder of Cognito ({####} or {##…##}), which may change: write {{code}}',
    ),
    ...found(run.find(USERNAME_LIKE), 'holds the literal placeholder {username}, which may change: write {{username}}'),
    ...(part === 'subject'
      ? [
          ...found(run.find(LINE_BREAKS).slice(0, 1), 'has a line break: write it on one line'),
          ...found(run.find(ENCODED), "holds =?, which begins a mail header's encoded word: part the two by a blank"),
        ]
      : []),
    ...found(
      run.find(/\uFFFD/),
      'holds U+FFFD, which stands for a character that was lost: write it again, and save the file as UTF-8',
    ),
    ...refusedCharacters(part, run),
  ];
}

function refusedCharacters(part: MessagePart, run: Run): Finding[] {
  return run.byLine(REFUSED_CHARACTERS).map(({ at, found }) => {
    const names = found
      .slice(0, 5)
      .map((character) => codePoint(character).toString(16).toUpperCase().padStart(4, '0'));
    const more = found.length > 5 ? ` and ${found.length - 5} more` : '';
    const remedy =
      part === 'html'
        ? `write them as HTML entities, such as &#x${names[0]};, or leave them out`
        : 'leave them out, or use a plain blank';
    return {
      at,
      text: `holds characters that Cognito refuses (${names.map((name) => `U+${name}`).join(', ')}${more}): ${remedy}`,
    };
  });
}

const codePoint = (character: string): number => character.codePointAt(0) as number;
