import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { DataStore } from 'cognito-local/lib/services/dataStore/dataStore.js';
import type { DataStoreFactory } from 'cognito-local/lib/services/dataStore/factory.js';

type Json = Record<string, unknown>;

/**
 * The data stores of cognito-local, each in one JSON file. A write is complete on disk before its response. The store of
 * cognito-local itself writes later and in place, so that a kill could lose or corrupt data.
 */
export const jsonStores = (directory: string): DataStoreFactory => ({
  create: async (_, id, defaults) => {
    mkdirSync(directory, { recursive: true });
    const store = new JsonStore(path.join(directory, `${id}.json`), defaults as Json);
    store.save();
    return store;
  },
});

class JsonStore implements DataStore {
  private readonly file: string;
  private readonly root: Json;

  constructor(file: string, defaults: Json) {
    this.file = file;
    this.root = { ...defaults, ...read(file) };
  }

  async get<T>(_: unknown, key: string | string[], defaultValue?: T): Promise<T> {
    let value: unknown = this.root;
    for (const part of [key].flat()) value = isObject(value) && Object.hasOwn(value, part) ? value[part] : undefined;
    return (structuredClone(value) ?? defaultValue ?? null) as T;
  }

  async getRoot<T>(): Promise<T | null> {
    return structuredClone(this.root) as T;
  }

  async set<T>(_: unknown, key: string | string[], value: T): Promise<void> {
    const [parent, name] = this.place(key);
    parent[name] = structuredClone(value);
    this.save();
  }

  async delete(_: unknown, key: string | string[]): Promise<void> {
    const [parent, name] = this.place(key);
    delete parent[name];
    this.save();
  }

  save(): void {
    writeFileSync(`${this.file}.new`, JSON.stringify(this.root, undefined, 2));
    renameSync(`${this.file}.new`, this.file);
  }

  private place(key: string | string[]): [Json, string] {
    const parts = [key].flat();
    const name = parts.pop() ?? '';
    let parent = this.root;
    for (const part of parts) {
      const next = Object.hasOwn(parent, part) ? parent[part] : undefined;
      parent = isObject(next) ? next : newObject(parent, part);
    }
    return [parent, name];
  }
}

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;

const read = (file: string): Json => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'), reviveDates) as Json;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {};
    throw error;
  }
};

/** Parses dates, because cognito-local expects `Date` objects in properties with these names. */
const reviveDates = (name: string, value: unknown): unknown =>
  name.endsWith('Date') && typeof value === 'string' ? new Date(value) : value;

const newObject = (parent: Json, name: string): Json => {
  const made: Json = {};
  parent[name] = made;
  return made;
};
