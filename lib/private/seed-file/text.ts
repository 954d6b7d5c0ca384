import { isUtf8 } from 'node:buffer';
import { lineBreaks } from './lines';
import { Unreadable } from './types';

const BYTE_ORDER_MARK = Buffer.from('\ufeff');
const NONE = Buffer.alloc(0);

/** Lets through what is text in UTF-8, without its byte-order mark. What it hands on ends neither within a character nor in a CR. */
export class Utf8 {
  private held: Buffer = NONE;
  private line = 1;
  private isStart = true;

  /** @throws Unreadable with the line that is no text */
  public accept(chunk: Buffer): Buffer {
    const bytes = this.held.length === 0 ? chunk : Buffer.concat([this.held, chunk]);
    const length = this.isStart && bytes.length < BYTE_ORDER_MARK.length ? 0 : completeLength(bytes);
    this.held = bytes.subarray(length);
    return this.checked(bytes.subarray(0, length));
  }

  /** @throws Unreadable */
  public end(): Buffer {
    const bytes = this.held;
    this.held = NONE;
    return this.checked(bytes);
  }

  private checked(bytes: Buffer): Buffer {
    if (bytes.length === 0) return bytes;
    const isMarked = this.isStart && bytes.subarray(0, BYTE_ORDER_MARK.length).equals(BYTE_ORDER_MARK);
    this.isStart = false;
    const nul = bytes.indexOf(0);
    if (nul >= 0 && isUtf8(bytes.subarray(0, nul))) throw this.unreadable(bytes, nul, 'holds a NUL byte');
    if (!isUtf8(bytes)) throw this.unreadable(bytes, invalidAt(bytes), 'is not UTF-8');
    this.line += lineBreaks(bytes);
    return isMarked ? bytes.subarray(BYTE_ORDER_MARK.length) : bytes;
  }

  private unreadable(bytes: Buffer, at: number, what: string): Unreadable {
    return new Unreadable({
      line: this.line + lineBreaks(bytes.subarray(0, at)),
      rule: `the line ${what}, and the rest of the file has not been read`,
      remedy: "save the file as UTF-8 (a spreadsheet's 'CSV UTF-8')",
    });
  }
}

/** Without a character at the end whose last bytes are still to come, and without a CR that an LF may follow. */
const completeLength = (bytes: Buffer): number => {
  if (bytes[bytes.length - 1] === 0x0d) return bytes.length - 1;
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back];
    if ((byte & 0b1100_0000) === 0b1000_0000) continue; // within a character
    const wanted = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return wanted > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
};

/** The end of the last line before the mistake: where in the line it is does not matter. */
const invalidAt = (bytes: Buffer): number => {
  let start = 0;
  for (;;) {
    const found = bytes.indexOf(0x0a, start);
    const end = found < 0 ? bytes.length : found + 1;
    // Files of old Macs have CR alone.
    if (!isUtf8(bytes.subarray(start, end))) return start + lastGoodCr(bytes.subarray(start, end));
    start = end;
  }
};

const lastGoodCr = (line: Buffer): number => {
  let good = 0;
  for (let cr = line.indexOf(0x0d); cr >= 0 && isUtf8(line.subarray(0, cr + 1)); cr = line.indexOf(0x0d, cr + 1)) {
    good = cr + 1;
  }
  return good;
};
