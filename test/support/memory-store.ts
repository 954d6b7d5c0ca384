import type { RunStore } from '../../lambda/seeder/run/run-store';
import { rowsInMemory } from '../../lambda/seeder/rows/rows';

/** A bucket in memory, and the places of runs in it. */
export const memoryBucket = () => {
  const objects = new Map<string, string>();
  const storeAt = (prefix: string): RunStore => {
    const key = (name: string) => `${prefix}/${name}`;
    const lines = async (name: string) => objects.get(key(name))!.split('\n').filter(Boolean);
    return {
      bucket: 'runs',
      prefix,
      get: async (name) => (objects.has(key(name)) ? JSON.parse(objects.get(key(name))!) : undefined),
      put: async (name, document) => void objects.set(key(name), JSON.stringify(document)),
      putLines: async (name, all) => void objects.set(key(name), all.map((line) => JSON.stringify(line)).join('\n')),
      write: async (name, batches) => {
        const all: string[] = [];
        for await (const batch of batches) all.push(...batch);
        objects.set(key(name), all.join('\n'));
      },
      read: async (name) => rowsInMemory(await lines(name)),
      lines,
      clear: async (start) => {
        for (const name of objects.keys()) if (name.startsWith(key(start))) objects.delete(name);
      },
    };
  };
  return { objects, storeAt };
};
