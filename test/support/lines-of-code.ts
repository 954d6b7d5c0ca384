import { readFileSync } from 'node:fs';
import ts from 'typescript';

/** The lines of a file that hold something else than blanks and comments. */
export const linesOfCode = (file: string): number =>
  file.endsWith('.ts') ? linesOfTypeScript(file) : linesWithout(file, /^\s*(#.*)?$/); // Terraform's

const linesWithout = (file: string, nothing: RegExp): number =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => !nothing.test(line)).length;

/** By the compiler's own tokens: a comment is none. */
const linesOfTypeScript = (file: string): number => {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest);
  const lines = new Set<number>();
  const visit = (node: ts.Node): void => {
    const children = node
      .getChildren(source)
      .filter(({ kind }) => kind < ts.SyntaxKind.FirstJSDocNode || kind > ts.SyntaxKind.LastJSDocNode);
    children.forEach(visit);
    if (children.length > 0) return;
    const [first, last] = [node.getStart(source), node.getEnd()].map(
      (position) => source.getLineAndCharacterOfPosition(position).line,
    );
    if (node.getEnd() > node.getStart(source)) for (let line = first; line <= last; line++) lines.add(line);
  };
  visit(source);
  return lines.size;
};
