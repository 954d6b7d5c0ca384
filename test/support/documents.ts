import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import MarkdownIt from 'markdown-it';
import { parseFragment } from 'parse5';

type Token = MarkdownIt.Token;

const ROOT = path.join(__dirname, '../..');

/** Where the repository's files stand for those who read a document on npm or Construct Hub. */
const PUBLISHED = [
  /^https:\/\/github\.com\/cdk-cognito-user-attributes\/cdk-cognito-user-attributes\/(?:blob|tree|raw)\/main\//,
  /^https:\/\/raw\.githubusercontent\.com\/cdk-cognito-user-attributes\/cdk-cognito-user-attributes\/main\//,
];

/** A link, an image or an address in HTML. */
export interface Link {
  readonly line: number;
  readonly href: string;
}

export interface Document {
  /** Below the root, with `/`. */
  readonly file: string;
  readonly text: string;
  readonly links: readonly Link[];
  /** What a link's `#…` may name. */
  readonly anchors: ReadonlySet<string>;
}

/** All Markdown of the repository but what is generated. */
export const documentFiles = (): string[] =>
  ['.', 'docs', 'examples', 'bench', 'demo', 'test']
    .flatMap((folder) =>
      readdirSync(path.join(ROOT, folder), { recursive: folder !== '.', encoding: 'utf8' }).map((name) =>
        path.posix.join(folder, name.replaceAll(path.sep, '/')),
      ),
    )
    .filter((file) => file.endsWith('.md') && file !== 'API.md' && !file.includes('node_modules/'))
    .sort();

const markdown = new MarkdownIt({ html: true });

export const readDocument = (file: string, text = readFileSync(path.join(ROOT, file), 'utf8')): Document => {
  const links: Link[] = [];
  const anchors = new Set<string>();
  const tokens = markdown.parse(text, {});
  let line = 1;
  tokens.forEach((token, index) => {
    if (token.type === 'heading_open') anchors.add(uniqueSlug(textOf(tokens[index + 1]!), anchors));
    if (token.map) line = token.map[0] + 1; // cells of tables have none
    for (const inner of [token, ...(token.children ?? [])]) {
      const href = inner.attrGet('href') ?? inner.attrGet('src');
      if (href !== null) links.push({ line, href: String(href) });
      if (!inner.type.startsWith('html')) continue;
      for (const { name, value } of attributesIn(inner.content)) {
        if (['href', 'src', 'srcset'].includes(name)) links.push({ line, href: value });
        if (['id', 'name'].includes(name)) anchors.add(value);
      }
    }
  });
  return { file, text, links, anchors };
};

/** As GitHub makes them: lower case, without punctuation, and numbered where a heading comes again. */
const uniqueSlug = (heading: string, taken: ReadonlySet<string>): string => {
  const slug = heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, '')
    .replaceAll(' ', '-');
  let number = 0;
  while (taken.has(number === 0 ? slug : `${slug}-${number}`)) number += 1;
  return number === 0 ? slug : `${slug}-${number}`;
};

const textOf = ({ children }: Token): string =>
  (children ?? []).map(({ type, content }) => (['text', 'code_inline'].includes(type) ? content : '')).join('');

interface Node {
  readonly attrs?: readonly { readonly name: string; readonly value: string }[];
  readonly childNodes?: readonly Node[];
}

const attributesIn = (html: string): { readonly name: string; readonly value: string }[] => {
  const walk = ({ attrs = [], childNodes = [] }: Node): { name: string; value: string }[] => [
    ...attrs,
    ...childNodes.flatMap(walk),
  ];
  return walk(parseFragment(html) as Node);
};

/** A file of the repository, and what of it; undefined for what lies elsewhere. */
export const targetOf = (from: string, href: string): { file: string; anchor: string | undefined } | undefined => {
  const published = PUBLISHED.find((prefix) => prefix.test(href));
  if (!published && /^(\w+:|\/\/)/.test(href)) return undefined;
  const [place, anchor] = href.replace(published ?? '', '').split('#') as [string, string?];
  const folder = published ? '.' : path.posix.dirname(from);
  const file = place === '' && !published ? from : path.posix.join(folder, decodeURIComponent(place));
  return { file: file.replace(/\/$/, ''), anchor };
};

/** Links that lead nowhere, as `file:line: what`. */
export const brokenLinks = (documents: readonly Document[]): string[] => {
  const byFile = new Map(documents.map((document) => [document.file, document]));
  return documents.flatMap(({ file, links }) =>
    links.flatMap(({ line, href }) => {
      const target = targetOf(file, href);
      if (!target) return [];
      const where = `${file}:${line}: ${href}`;
      const found = path.join(ROOT, target.file);
      if (target.file.startsWith('..') || !existsSync(found)) return [`${where}: there is no such file`];
      if (target.anchor === undefined) return [];
      const document = byFile.get(target.file);
      return document && !document.anchors.has(target.anchor) ? [`${where}: there is no such heading`] : [];
    }),
  );
};

/** What cannot be reached from these documents by links. A link to a folder reaches what lies in it. */
export const unreachable = (documents: readonly Document[], from: readonly string[]): string[] => {
  const byFile = new Map(documents.map((document) => [document.file, document]));
  const reached = new Set(from);
  for (const file of reached) {
    for (const { href } of byFile.get(file)?.links ?? []) {
      const target = targetOf(file, href)?.file;
      if (target === undefined) continue;
      for (const one of byFile.keys()) if (one === target || one.startsWith(`${target}/`)) reached.add(one);
    }
  }
  return [...byFile.keys()].filter((file) => !reached.has(file));
};
