import { existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { MARK, writeGallery } from '../../cli/preview/output';
import { removeFolders, temporaryFolder } from './support/fixture';

afterAll(removeFolders);

const FILES = new Map([
  ['index.html', 'one'],
  ['frames/a.html', 'a'],
]);

test('a gallery goes into a new or an empty directory', () => {
  const made = path.join(temporaryFolder(), 'deep', 'gallery');
  for (const out of [made, temporaryFolder()]) {
    writeGallery(out, FILES);
    expect(readdirSync(out).sort()).toEqual([MARK, 'frames', 'index.html']);
  }
});

test('an earlier gallery is taken away, and what somebody else put beside it stays', () => {
  const out = temporaryFolder();
  writeGallery(out, FILES);
  writeFileSync(path.join(out, 'notes.txt'), 'mine');
  writeGallery(out, new Map([['index.html', 'two']]));
  expect(readdirSync(out).sort()).toEqual([MARK, 'index.html', 'notes.txt']);
  expect(readFileSync(path.join(out, 'index.html'), 'utf8')).toBe('two');
});

test('a directory with other files is refused and left as it is', () => {
  const out = temporaryFolder();
  writeFileSync(path.join(out, 'index.html'), 'mine');
  expect(() => writeGallery(out, FILES)).toThrow(/holds other files than an earlier gallery: pass --out a directory/);
  expect(readFileSync(path.join(out, 'index.html'), 'utf8')).toBe('mine');
  expect(() => writeGallery(path.join(out, 'index.html'), FILES)).toThrow(/is a file: pass --out/);
});

test('a file that somebody has put where a page would go is not overwritten, nor what a link leads to', () => {
  const folder = temporaryFolder();
  const [out, outside] = [path.join(folder, 'gallery'), path.join(folder, 'outside.html')];
  writeFileSync(outside, 'mine');
  writeGallery(out, FILES);
  symlinkSync(outside, path.join(out, 'sign-up.html'));
  expect(() => writeGallery(out, new Map([['sign-up.html', 'theirs']]))).toThrow(/cannot be written/);
  expect(readFileSync(outside, 'utf8')).toBe('mine');
});

test('a forged mark makes nothing outside the gallery go away', () => {
  const folder = temporaryFolder();
  const [out, outside] = [path.join(folder, 'gallery'), path.join(folder, 'outside.html')];
  writeFileSync(outside, 'mine');
  writeGallery(out, FILES);
  writeFileSync(
    path.join(out, MARK),
    JSON.stringify({ files: ['../outside.html', outside, 'frames/../../outside.html'] }),
  );
  expect(() => writeGallery(out, FILES)).toThrow(/cannot be written/);
  expect(existsSync(outside)).toBe(true);
});
