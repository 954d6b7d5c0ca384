import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { filesAsset } from '../../../lib/private/files-asset';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'files-asset-'));
  mkdirSync(path.join(folder, 'tmp'));
  const os = jest.requireActual<typeof import('node:os')>('node:os');
  jest.spyOn(os, 'tmpdir').mockReturnValue(path.join(folder, 'tmp'));
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

const newStack = (context?: Record<string, unknown>) =>
  new Stack(new App({ outdir: path.join(folder, 'cdk.out'), context }), 'Stack');

const besides = () => {
  const directory = path.join(folder, 'besides');
  mkdirSync(path.join(directory, 'deep'), { recursive: true });
  writeFileSync(path.join(directory, 'index.js'), 'code');
  writeFileSync(path.join(directory, 'deep', 'more.js'), 'more');
  return directory;
};

const staged = (assetPath: string, ...names: string[]) => path.join(folder, 'cdk.out', assetPath, ...names);

test('files stand in folders, beside others that are there, and win over them', () => {
  const asset = filesAsset(newStack(), 'Files', { 'a/b/c.json': '1', 'index.js': 'ours' }, besides());
  const read = (...names: string[]) => readFileSync(staged(asset.assetPath, ...names), 'utf8');
  expect(read('a', 'b', 'c.json')).toBe('1');
  expect(read('index.js')).toBe('ours');
  expect(read('deep', 'more.js')).toBe('more');
  expect(asset.isZipArchive).toBe(true);
});

test('what stands beside them stays as it was', () => {
  const directory = besides();
  filesAsset(newStack(), 'Files', { 'index.js': 'ours' }, directory);
  expect(readFileSync(path.join(directory, 'index.js'), 'utf8')).toBe('code');
});

test('the same files are the same asset, whenever they are made, and others another', () => {
  const hash = (id: string, text: string) => filesAsset(stack, id, { a: text }, undefined).assetHash;
  const stack = newStack();
  expect(hash('One', 'x')).toBe(hash('Two', 'x'));
  expect(hash('Three', 'y')).not.toBe(hash('Four', 'x'));
});

test('Lambda can read them, whatever the umask of whoever synthesizes', () => {
  const umask = process.umask(0o077);
  const asset = filesAsset(newStack(), 'Files', { 'a.json': '1' }, undefined);
  process.umask(umask);
  expect((statSync(staged(asset.assetPath, 'a.json')).mode & 0o777).toString(8)).toBe('644');
});

test('nothing is left behind, also where the asset cannot be made', () => {
  const stack = newStack();
  filesAsset(stack, 'Files', { a: '1' }, undefined);
  expect(() => filesAsset(stack, 'Files', { a: '1' }, undefined)).toThrow(/already a Construct/);
  expect(() => filesAsset(stack, 'Other', { a: '1' }, path.join(folder, 'nowhere'))).toThrow(/ENOENT/);
  expect(readdirSync(path.join(folder, 'tmp'))).toEqual([]);
});

test('an app that does not stage its assets finds them where they are', () => {
  const asset = filesAsset(newStack({ 'aws:cdk:disable-asset-staging': true }), 'Files', { a: '1' }, undefined);
  expect(readFileSync(path.join(asset.assetPath, 'a'), 'utf8')).toBe('1');
});
