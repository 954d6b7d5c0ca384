/** Tells on long reads how far they are: over and over on one line of a terminal, and now and then elsewhere. */
import type { Pool } from '../pool/pool';
import { number } from './words';

/** Milliseconds until somebody wonders, and between two lines of a log. */
const PATIENCE = 1_000;
const ELSEWHERE = 10_000;
/** Between two looks of the same line. */
const REFRESH = 100;

export class Progress {
  private told: number;
  private hasLine = false;

  public constructor(
    private readonly stream: Pick<NodeJS.WriteStream, 'isTTY' | 'write'>,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.told = this.now() + (stream.isTTY ? PATIENCE - REFRESH : 0);
  }

  public readonly read = (users: number, { id, description }: Pool): void => {
    const now = this.now();
    if (now - this.told < (this.stream.isTTY ? REFRESH : ELSEWHERE)) return;
    this.told = now;
    const all = description.users ? ` of about ${number(description.users)}` : '';
    const line = `${number(users)}${all} users of ${id} read`;
    this.stream.write(this.stream.isTTY ? `\r\u001b[2K${line}` : `${line}\n`);
    this.hasLine = Boolean(this.stream.isTTY);
  };

  /** Leaves the line to others. */
  public end(): void {
    if (this.hasLine) this.stream.write('\r\u001b[2K');
    this.hasLine = false;
  }
}
