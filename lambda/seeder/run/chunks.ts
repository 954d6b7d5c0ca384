import { inBatches } from '../rows/sort';
import { type Phase, PHASES } from '../settle';
import type { Item } from './item';
import { chunkName } from './progress';
import type { RunStore } from './run-store';

/** A minute's work for one worker: little to repeat, and little time lost between one chunk and the next. */
const SECONDS = 60;
const SMALLEST = 200;
const LARGEST = 5_000;

/** Divides a plan into chunks of users, each of which is one worker's, and of one phase. */
export class Chunks {
  /** How many users each chunk has. */
  public readonly sizes: number[] = [];
  private readonly size: number;
  private readonly begun = new Map<Phase, string[]>(PHASES.map((phase) => [phase, []]));
  private readonly written = new Map<Phase, number[]>(PHASES.map((phase) => [phase, []]));

  public constructor(
    private readonly store: RunStore,
    requestsPerSecond: number,
    maxConcurrency: number,
  ) {
    this.size = Math.min(LARGEST, Math.max(SMALLEST, Math.ceil((SECONDS * requestsPerSecond) / maxConcurrency)));
  }

  /** The chunks of what can be taken back. */
  public get reversible(): readonly number[] {
    return this.written.get('reversible')!;
  }

  /** The chunks of the phases after that, one by one. */
  public get phases(): readonly (readonly number[])[] {
    return PHASES.slice(1).map((phase) => this.written.get(phase)!);
  }

  /** Only what has to wait is a promise. */
  public add(item: Item, phase: Phase): void | Promise<void> {
    const lines = this.begun.get(phase)!;
    lines.push(JSON.stringify(item));
    return lines.length >= this.size ? this.write(phase) : undefined;
  }

  public async end(): Promise<void> {
    for (const phase of PHASES) await this.write(phase);
  }

  private async write(phase: Phase): Promise<void> {
    const lines = this.begun.get(phase)!;
    if (lines.length === 0) return;
    this.begun.set(phase, []);
    const chunk = this.sizes.push(lines.length) - 1;
    this.written.get(phase)!.push(chunk);
    await this.store.write(chunkName(chunk), inBatches(lines));
  }
}
