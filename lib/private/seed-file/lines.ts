const LF = 0x0a;
const CR = 0x0d;

/** How many line breaks there are from one place to another: LF, CR LF or CR. */
export const lineBreaks = (bytes: Buffer, start = 0, end = bytes.length): number => {
  let count = 0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at];
    if (byte === LF || (byte === CR && bytes[at + 1] !== LF)) count++;
  }
  return count;
};

/** Where the first line begins that is not empty. */
export const firstText = (bytes: Buffer, start = 0): number => {
  let at = start;
  while (bytes[at] === LF || bytes[at] === CR) at++;
  return at;
};

/** Where the line ends that begins at `start`; -1 where that is not known yet. */
export const lineEnd = (bytes: Buffer, start: number): number => {
  const ends = [LF, CR].map((byte) => bytes.indexOf(byte, start)).filter((at) => at >= 0);
  return ends.length > 0 ? Math.min(...ends) : -1;
};
