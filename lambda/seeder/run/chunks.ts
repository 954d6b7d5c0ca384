import { inBatches } from '../rows/sort';
import type { Item } from './item';
import { chunkName } from './progress';
import type { RunStore } from './run-store';

/** A minute's work for one worker: little to repeat, and little time lost between one chunk and the next. */
const SECONDS = 60;
const SMALLEST = 200;
const LARGEST = 5_000;

/** Divides a plan into chunks of users, each of which is one worker's. What cannot be taken back stands apart. */
export class Chunks {
  public readonly quiet: number[] = [];
  public readonly messages: number[] = [];
  /** How many users each chunk has. */
  public readonly sizes: number[] = [];
  private readonly size: number;
  private quietLines: string[] = [];
  private messageLines: string[] = [];

  public constructor(
    private readonly store: RunStore,
    requestsPerSecond: number,
    maxConcurrency: number,
  ) {
    this.size = Math.min(LARGEST, Math.max(SMALLEST, Math.ceil((SECONDS * requestsPerSecond) / maxConcurrency)));
  }

  /** Only what has to wait is a promise. */
  public add(item: Item, isFinal: boolean): void | Promise<void> {
    const lines = isFinal ? this.messageLines : this.quietLines;
    lines.push(JSON.stringify(item));
    return lines.length >= this.size ? this.write(lines) : undefined;
  }

  public async end(): Promise<void> {
    await this.write(this.quietLines);
    await this.write(this.messageLines);
  }

  private async write(lines: string[]): Promise<void> {
    if (lines.length === 0) return;
    const chunk = this.sizes.push(lines.length) - 1;
    (lines === this.quietLines ? this.quiet : this.messages).push(chunk);
    if (lines === this.quietLines) this.quietLines = [];
    else this.messageLines = [];
    await this.store.write(chunkName(chunk), inBatches(lines));
  }
}
