/** How a text travels as SMS: in GSM 03.38's own alphabet, or else in UCS-2, and in how many segments. */

const GSM =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
/** Each takes an escape besides. */
const GSM_EXTENSION = '\f^{}\\[~]|€';

export interface SmsFacts {
  readonly encoding: 'GSM-7' | 'UCS-2';
  readonly segments: number;
  /** Room of a single segment, and what the text takes of it. */
  readonly capacity: number;
  readonly units: number;
  /** The characters, each once, for which the text is sent as UCS-2. */
  readonly foreign: readonly string[];
}

export function smsFacts(text: string): SmsFacts {
  const characters = [...text];
  const foreign = [...new Set(characters.filter((character) => !`${GSM}${GSM_EXTENSION}`.includes(character)))];
  const isGsm = foreign.length === 0;
  // In UCS-2, an emoji is two units that stay together; in GSM-7, an escape and what follows it.
  const sizes = characters.map((character) => (isGsm ? (GSM_EXTENSION.includes(character) ? 2 : 1) : character.length));
  const units = sizes.reduce((sum, size) => sum + size, 0);
  // A header that numbers the parts takes room in each of several.
  const [capacity, part] = isGsm ? [160, 153] : [70, 67];
  return {
    encoding: isGsm ? 'GSM-7' : 'UCS-2',
    segments: units <= capacity ? 1 : pack(sizes, part),
    capacity,
    units,
    foreign,
  };
}

function pack(sizes: readonly number[], capacity: number): number {
  let segments = 1;
  let room = capacity;
  for (const size of sizes) {
    if (size > room) {
      segments++;
      room = capacity;
    }
    room -= size;
  }
  return segments;
}
