import { LONGEST_ROW } from '../types';

/** Parts text into its lines, each with its number; a line that is too long comes as undefined. */
export class Lines {
  private begun: Buffer = Buffer.alloc(0);
  private isTooLong = false;
  private number = 1;

  public constructor(private readonly take: (line: string | undefined, number: number) => void) {}

  public write(bytes: Buffer): void {
    let start = 0;
    for (let end = bytes.indexOf(0x0a); end >= 0; end = bytes.indexOf(0x0a, start)) {
      this.add(bytes.subarray(start, end));
      this.finish();
      start = end + 1;
    }
    this.add(bytes.subarray(start));
  }

  public end(): void {
    if (this.begun.length > 0 || this.isTooLong) this.finish();
  }

  private add(bytes: Buffer): void {
    if (this.begun.length + bytes.length > LONGEST_ROW) this.isTooLong = true;
    if (this.isTooLong) this.begun = Buffer.alloc(0);
    else this.begun = this.begun.length === 0 ? bytes : Buffer.concat([this.begun, bytes]);
  }

  private finish(): void {
    this.take(this.isTooLong ? undefined : this.begun.toString('utf8'), this.number++);
    this.begun = Buffer.alloc(0);
    this.isTooLong = false;
  }
}
