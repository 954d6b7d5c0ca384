import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { INDEX_FILE, type MessageIndexWire, type TextWire } from '../../lib/private/contracts/message';

/** The texts that synth has laid beside the function. */
export interface Library {
  readonly index: MessageIndexWire;
  /** A channel's text. Each is read once. */
  text(file: string): TextWire;
}

/** Its message is this library's own, and may be logged. */
export class UnreadableMessages extends Error {}

/** @throws UnreadableMessages naming the file */
export function openLibrary(directory: string): Library {
  const index = read<MessageIndexWire>(directory, INDEX_FILE);
  const texts = new Map<string, TextWire>();
  return {
    index,
    text: (file) => {
      const known = texts.get(file);
      if (known) return known;
      const text = read<TextWire>(directory, file);
      texts.set(file, text);
      return text;
    },
  };
}

/** The files are what this library's synth has written, and come with the function's code: they are trusted as code is. */
function read<T>(directory: string, file: string): T {
  try {
    return JSON.parse(readFileSync(join(directory, file), 'utf8')) as T;
  } catch (error) {
    // JSON.parse quotes the text in its message, and this message is logged.
    const { code = 'no JSON' } = error as NodeJS.ErrnoException;
    throw new UnreadableMessages(`${file} of the messages cannot be read (${code})`);
  }
}
