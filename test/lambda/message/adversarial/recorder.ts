import type { Outcome } from './harmless';
import type { Rendering } from '../../../../lambda/message/messages';

/** Runs something and keeps what it writes: our own lines, and those of Powertools, which has a console of its own. */
export class Recorder {
  private lines: unknown[] = [];

  public get written(): readonly unknown[] {
    return this.lines;
  }

  public constructor() {
    for (const level of ['log', 'info', 'warn', 'error', 'debug'] as const) {
      jest.spyOn(console, level).mockImplementation((...words: unknown[]) => void this.lines.push(...words));
    }
    for (const stream of [process.stdout, process.stderr]) {
      jest.spyOn(stream, 'write').mockImplementation((chunk) => {
        this.lines.push(...String(chunk).trimEnd().split('\n').map(parsed));
        return true;
      });
    }
  }

  public async outcome(
    event: unknown,
    respond: (event: unknown) => unknown,
    render: (event: unknown) => Rendering,
  ): Promise<Outcome> {
    this.lines = [];
    const answer = await respond(event);
    const { lines } = this;
    return { answer, rendering: render(event), lines };
  }
}

/** What the event is before anybody has touched it. */
export function copyOf<T>(value: T): T {
  if (Array.isArray(value)) return value.map(copyOf) as T;
  if (typeof value !== 'object' || value === null) return value;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && prototype !== Object.prototype) return value;
  const copy = Object.create(prototype as object | null);
  for (const [key, inner] of Object.entries(value)) {
    Object.defineProperty(copy, key, { value: copyOf(inner), enumerable: true, writable: true, configurable: true });
  }
  return copy;
}

/** A line of metrics is JSON on one line; whatever else it may be is taken as it is. */
function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return line;
  }
}
