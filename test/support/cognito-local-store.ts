import type { DataStore, DataStoreFactory } from './cognito-local-internals';

type Branch = Record<string, unknown>;

// Without a prototype, a user may be called `__proto__` or `constructor`.
const branch = (entries: object = {}): Branch => Object.assign(Object.create(null) as Branch, entries);
const isEmpty = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0;
const pathOf = (key: string | string[]): string[] => (Array.isArray(key) ? key : [key]);

/** cognito-local's JSON store writes every change to disk, under the working directory, and slows down as users grow. */
const inMemoryDataStore = (defaults: object): DataStore => {
  const root = branch(defaults);
  for (const [key, value] of Object.entries(root)) if (isEmpty(value)) root[key] = branch();

  const parentOf = (path: string[]): Branch => {
    let parent = root;
    for (const step of path.slice(0, -1)) parent = (parent[step] ??= branch()) as Branch;
    return parent;
  };
  const read = (key: string | string[]): unknown => {
    const path = pathOf(key);
    return parentOf(path)[path[path.length - 1]];
  };

  return {
    get: async <T>(_ctx: unknown, key: string | string[], otherwise?: T): Promise<T> =>
      (read(key) ?? otherwise ?? null) as T,
    getRoot: async <T>(): Promise<T | null> => root as T,
    set: async (_ctx, key, value) => {
      const path = pathOf(key);
      parentOf(path)[path[path.length - 1]] = value;
    },
    delete: async (_ctx, key) => {
      const path = pathOf(key);
      delete parentOf(path)[path[path.length - 1]];
    },
  };
};

export const inMemoryDataStoreFactory: DataStoreFactory = {
  create: async (_ctx, _id, defaults) => inMemoryDataStore(defaults),
};
