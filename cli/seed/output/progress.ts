/** Tells on long reads how far they are, over and over on one line of a terminal. Elsewhere nobody waits for it. */
import type { Pool } from '../pool/pool';
import { number } from './words';

/** Milliseconds until somebody wonders. */
const PATIENCE = 1_000;
/** Between two looks of the same line. */
const REFRESH = 100;

export class Progress {
  private told: number;
  private hasLine = false;

  public constructor(
    private readonly stream: Pick<NodeJS.WriteStream, 'isTTY' | 'write'>,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.told = this.now() + PATIENCE - REFRESH;
  }

  public readonly read = (users: number, { id, description }: Pool): void => {
    const now = this.now();
    if (!this.stream.isTTY || now - this.told < REFRESH) return;
    this.told = now;
    const all = description.users ? ` of about ${number(description.users)}` : '';
    const line = `${number(users)}${all} users of ${id} read`;
    this.stream.write(`\r\u001b[2K${line}`);
    this.hasLine = true;
  };

  /** Leaves the line to others. */
  public end(): void {
    if (this.hasLine) this.stream.write('\r\u001b[2K');
    this.hasLine = false;
  }
}
