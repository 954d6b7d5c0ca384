import { readFileSync } from 'node:fs';
import { CommandError, reasonOf } from './errors';

export type Json = Readonly<Record<string, unknown>>;

export const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An own property: a key that a template names may be `constructor`. */
export const own = <T>(values: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(values, key) ? values[key] : undefined;

function readText(file: string, remedy: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new CommandError(`${file} cannot be read (${reasonOf(error)}): ${remedy}`);
  }
}

export function readJson(file: string, remedy: string): Json {
  const text = readText(file, remedy);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new CommandError(`${file} is not JSON (${reasonOf(error)}): ${remedy}`);
  }
  if (!isRecord(value)) throw new CommandError(`${file} must hold a JSON object: ${remedy}`);
  return value;
}
