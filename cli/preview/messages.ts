/** The texts that lie beside a function, and what can be seen of them without rendering any. */
import path from 'node:path';
import {
  INDEX_FILE,
  type MessageIndexWire,
  MESSAGES_FOLDER,
  type PieceWire,
  type TextWire,
} from '../../lib/private/contracts/message';
import { CommandError } from './errors';
import { readJson } from './json';

const DAMAGED = 'synthesize the app again';

export interface Messages {
  readonly index: MessageIndexWire;
  readonly textOf: (file: string) => TextWire;
}

export function readMessages(directory: string): Messages {
  const folder = path.join(directory, MESSAGES_FOLDER);
  return {
    // findTriggers has looked at it.
    index: readJson(path.join(folder, INDEX_FILE), DAMAGED) as unknown as MessageIndexWire,
    textOf: (name) => {
      const file = path.join(folder, name);
      if (!file.startsWith(folder + path.sep)) {
        throw new CommandError(`${folder} names a text outside itself (${name}): ${DAMAGED}`);
      }
      return readJson(file, DAMAGED) as TextWire;
    },
  };
}

export const piecesOf = (text: TextWire): readonly PieceWire[] => [
  ...(text.subject ?? []),
  ...(text.html ?? []),
  ...(text.sms ?? []),
];

/** All variables of some pieces, those that decide between pieces included. */
export function variablesOf(pieces: readonly PieceWire[]): Set<string> {
  return new Set(
    pieces.flatMap((piece) => {
      if (typeof piece === 'string') return [];
      return [piece[1], ...(piece[2] ? variablesOf(piece[2]) : [])];
    }),
  );
}

/** The variables on whose having a value it depends what is sent. */
export function conditionsOf(pieces: readonly PieceWire[]): Set<string> {
  return new Set(
    pieces.flatMap((piece) =>
      typeof piece === 'string' || piece[0] === 'value' ? [] : [piece[1], ...conditionsOf(piece[2])],
    ),
  );
}

/** The variables without which nothing is sent: those that stand in no section of their own. */
export function needsOf(pieces: readonly PieceWire[]): Set<string> {
  return new Set(
    pieces.flatMap((piece) => {
      if (typeof piece === 'string') return [];
      const [kind, name, inner] = piece;
      if (kind === 'value') return [name];
      return [...needsOf(inner)].filter((needed) => kind === 'unless' || needed !== name);
    }),
  );
}

/** Whether a rendering can have come of these pieces: what is sent as it stands is there, in this order. */
export function canHaveBecome(pieces: readonly PieceWire[], rendering: string): boolean {
  let from = 0;
  for (const piece of pieces) {
    if (typeof piece !== 'string') continue;
    const at = rendering.indexOf(piece, from);
    if (at < 0) return false;
    from = at + piece.length;
  }
  return true;
}
