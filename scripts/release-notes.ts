/** Prints what CHANGELOG.md says of a version, and fails where it says nothing: nothing is released untold. */
import { readFileSync } from 'node:fs';

const [version = ''] = process.argv.slice(2);
const sections = readFileSync('CHANGELOG.md', 'utf8').split(/^## /m);
const notes = sections.find((section) => section.split(/\s/, 1)[0] === version);
const [, text = ''] = /^[^\n]*\n([^]*)$/.exec(notes ?? '') ?? [];
if (text.trim() === '') {
  console.error(`CHANGELOG.md has nothing under '## ${version}': give what is under '## Unreleased' that heading`);
  process.exit(1);
}
console.log(text.trim());
