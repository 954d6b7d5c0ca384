/**
 * Draws docs/pictures/*.svg from the .dot files beside them: Graphviz lays them out, and a style sheet of this file colours them,
 * for light and dark. The same sources give the same pictures on every machine.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const FOLDER = path.join(__dirname, '../docs/pictures');
const PADDING = 16;

/** What all pictures have in common. Graphviz knows how wide Helvetica is; the reader's own font is about as wide. */
const COMMON = `
  graph [bgcolor=transparent, pad=0, fontname=Helvetica, fontsize=12, ranksep=0.55, nodesep=0.4, style=rounded, labeljust=l];
  node [shape=box, style="rounded,filled", fontname=Helvetica, fontsize=13, margin="0.19,0.11", height=0.4];
  edge [fontname=Helvetica, fontsize=11, arrowsize=0.7];
`;

/** By the classes that nodes and edges have in the sources: [fill, line] on light, then on dark. */
const COLOURS: Readonly<Record<string, readonly [string, string, string, string]>> = {
  ours: ['#ddf4ff', '#0969da', '#0c2d4d', '#58a6ff'],
  aws: ['#fff5d6', '#b07d00', '#3a2d05', '#d9a520'],
  people: ['#dafbe1', '#1a7f37', '#0f3320', '#3fb950'],
  store: ['#f3f4f6', '#6e7781', '#21262d', '#8b949e'],
  bad: ['#ffebe9', '#cf222e', '#4a1417', '#f85149'],
};

const variables = (dark: 0 | 2): string =>
  Object.entries(COLOURS)
    .map(([name, colours]) => `--${name}-fill: ${colours[dark]}; --${name}-line: ${colours[dark + 1]};`)
    .join(' ');

const STYLE = `
  svg { --ground: #ffffff; --frame: #d0d7de; --text: #1f2328; --quiet: #59636e; --group: #f6f8fa; ${variables(0)} }
  @media (prefers-color-scheme: dark) {
    svg { --ground: #0d1117; --frame: #3d444d; --text: #e6edf3; --quiet: #a3adb8; --group: #151b23; ${variables(2)} }
  }
  .ground { fill: var(--ground); stroke: var(--frame); }
  text { font-family: -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif; fill: var(--text); }
  .cluster path, .cluster polygon { fill: var(--group); stroke: var(--frame); }
  .cluster text { fill: var(--quiet); }
  .edge path { stroke: var(--quiet); }
  .edge polygon { fill: var(--quiet); stroke: var(--quiet); }
  .edge text { fill: var(--quiet); }
${Object.keys(COLOURS)
  .flatMap((name) => [
    `  .node.${name} path, .node.${name} polygon { fill: var(--${name}-fill); stroke: var(--${name}-line); }`,
    `  .edge.${name} path { stroke: var(--${name}-line); }`,
    `  .edge.${name} polygon { fill: var(--${name}-line); stroke: var(--${name}-line); }`,
  ])
  .join('\n')}
`;

/** What a picture says, for those who do not see it: the comment that the source begins with. */
const descriptionOf = (name: string, source: string): string => {
  const [, description] = /^\/\* (.*?) \*\//s.exec(source) ?? [];
  if (!description) throw new Error(`${name}: begin with /* what the picture says */`);
  return description.replaceAll(/\s+/g, ' ');
};

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

const styled = (drawn: string, description: string): string => {
  const [, width, height] = /viewBox="[\d.]+ [\d.]+ ([\d.]+) ([\d.]+)"/.exec(drawn)!.map(Number) as [0, number, number];
  const [w, h] = [Math.ceil(width + 2 * PADDING), Math.ceil(height + 2 * PADDING)];
  const content = drawn
    .replace(/^[^]*?<svg[^>]*>/, '')
    .replace('</svg>', '')
    .replaceAll(/<!--[^]*?-->\n/g, '')
    .replaceAll(/<title>[^]*?<\/title>\n/g, '') // browsers would show the names of nodes
    .replaceAll(/ (font-family|xml:space)="[^"]*"/g, '');
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}" viewBox="0 0 ${w} ${h}" role="img">
<title>${escaped(description)}</title>
<style>${STYLE}</style>
<rect class="ground" x="0.5" y="0.5" width="${w - 1}" height="${h - 1}" rx="8"/>
<g transform="translate(${PADDING} ${PADDING})">
${content.trim()}
</g>
</svg>
`;
};

const main = async (): Promise<void> => {
  const { Graphviz } = await import('@hpcc-js/wasm-graphviz');
  const graphviz = await Graphviz.load();
  for (const name of readdirSync(FOLDER).filter((file) => file.endsWith('.dot'))) {
    const source = readFileSync(path.join(FOLDER, name), 'utf8');
    const description = descriptionOf(name, source);
    const drawn = graphviz.dot(source.replace('{', `{${COMMON}`));
    writeFileSync(path.join(FOLDER, name.replace(/dot$/, 'svg')), styled(drawn, description));
  }
};

void main();
