import type { MessagePart, PieceWire } from '../../../lib/private/contracts/message';
import { piecesOnWire } from '../../../lib/private/message/wire';
import { withEntities } from '../../../lib/private/message/entities';
import { readSyntax } from '../../../lib/private/message/syntax';

/** What the function gets of a text that an author has written, whether or not synthesis would let it through. */
export function compiled(part: MessagePart, text: string): PieceWire[] {
  const { pieces, findings } = readSyntax({ text }, () => ({ known: 'none' }));
  if (findings.length > 0) throw new Error(findings.map((finding) => finding.text).join('\n'));
  return piecesOnWire(part === 'html' ? withEntities(pieces) : pieces);
}
