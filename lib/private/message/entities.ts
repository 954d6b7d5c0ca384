import { htmlOf, type Piece } from './pieces';
import { htmlPlaces } from './validation/html-place';

/** Zero-width joiners, soft hyphens, directional marks and their like, and all blanks but the plain one. */
const FORMAT_CHARACTERS = /(?! )[\p{Cf}\p{Z}]/gu;

/**
 * An e-mail's text with its format characters and special blanks as entities: Cognito refuses them as such, while Persian,
 * French, many an emoji and a careful typographer cannot do without. What a style sheet or a comment holds stays as it is, for no
 * entity means anything there.
 */
export function withEntities(pieces: readonly Piece[]): Piece[] {
  const placeAt = htmlPlaces(htmlOf(pieces));
  let position = 0;
  const encode = (inner: readonly Piece[]): Piece[] =>
    inner.map((piece) => {
      if (piece.kind !== 'value' && piece.kind !== 'literal') return { ...piece, pieces: encode(piece.pieces) };
      const start = position;
      position += htmlOf([piece]).length;
      if (piece.kind === 'value') return piece;
      const text = piece.text.replace(FORMAT_CHARACTERS, (character, index: number) => {
        const place = placeAt(start + index);
        return place === undefined || place === 'a tag' ? `&#${character.codePointAt(0)};` : character;
      });
      return { ...piece, text };
    });
  return encode(pieces);
}
