/** The figures as an SVG: what was used of the quota, and what was throttled, alone and beside others. */
import type { Row } from './seed-figures';

const WIDTH = 960;
const TOP = 92;
const LEFT = 64;
const GAP = 56;
const PANEL = { width: (WIDTH - LEFT - GAP - 24) / 2, height: 150 };
const BETWEEN = 66;
const HEIGHT = TOP + 2 * PANEL.height + BETWEEN + 84;

const STYLE = `
  svg { --text: #1f2328; --muted: #59636e; --grid: #d1d9e0; --back: #ffffff; --s0: #0b6e99; --s1: #d9480f; --s2: #8c959f; --s3: #e8a33d; --s4: #9a6fb8; }
  @media (prefers-color-scheme: dark) {
    svg { --text: #e6edf3; --muted: #9198a1; --grid: #3d444d; --back: #0d1117; --s0: #4cc2f1; --s1: #ff7b4a; --s2: #7d8590; --s3: #d9a441; --s4: #b58ad6; }
  }
  text { font: 12px system-ui, 'Segoe UI', 'Helvetica Neue', 'DejaVu Sans', sans-serif; fill: var(--muted); }
  .title { font-size: 14px; font-weight: 600; fill: var(--text); }
  .value { font-size: 10px; stroke: var(--back); stroke-width: 3px; paint-order: stroke; }
  .ours { font-weight: 700; fill: var(--s0); }
  .grid { stroke: var(--grid); }
  .whole { stroke: var(--text); stroke-dasharray: 4 3; }`;

const escape = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
const text = (x: number, y: number, content: string, attributes = '') =>
  `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" ${attributes}>${escape(content)}</text>`;
const line = (x: number, y: number, width: number, kind: string) =>
  `<line x1="${x}" y1="${y.toFixed(1)}" x2="${x + width}" y2="${y.toFixed(1)}" class="${kind}"/>`;

interface Panel {
  readonly title: string;
  readonly rows: readonly Row[];
  readonly share: (row: Row) => number;
  /** What the top of the panel stands for. */
  readonly highest: number;
  readonly step: number;
}

const panel = (
  { title, rows, share, highest, step }: Panel,
  names: readonly string[],
  x: number,
  y: number,
): string => {
  const yOf = (value: number) => y + PANEL.height * (1 - Math.min(value, highest) / highest);
  const parts = [text(x, y - 16, title, 'class="title"')];
  for (let tick = 0; tick <= highest + 1e-9; tick += step)
    parts.push(
      line(x, yOf(tick), PANEL.width, tick === 1 ? 'whole' : 'grid'),
      text(x - 8, yOf(tick) + 4, `${Math.round(tick * 100)} %`, 'text-anchor="end"'),
    );
  const quotas = [...new Set(rows.map(({ quota }) => quota))];
  const shown = names.filter((name) => rows.some((row) => row.name === name));
  const group = PANEL.width / quotas.length;
  const bar = Math.min(20, (group - 18) / shown.length);
  quotas.forEach((quota, index) => {
    const middle = x + group * (index + 0.5);
    parts.push(text(middle, y + PANEL.height + 18, `${quota}/s`, 'text-anchor="middle"'));
    shown.forEach((name, position) => {
      const row = rows.find((each) => each.name === name && each.quota === quota)!;
      const left = middle + (position - shown.length / 2) * bar;
      const series = names.indexOf(name);
      const top = yOf(share(row));
      // Where users were given up, the bar is striped.
      const fill = row.right < row.users ? `url(#given-up-${series})` : `var(--s${series})`;
      const height = Math.max(1, y + PANEL.height - top);
      parts.push(
        `<rect x="${(left + 1).toFixed(1)}" y="${(y + PANEL.height - height).toFixed(1)}" width="${(bar - 2).toFixed(1)}" height="${height.toFixed(1)}" fill="${fill}"/>`,
        text(
          left + bar / 2,
          top - 4,
          String(Math.round(share(row) * 100)),
          `text-anchor="middle" class="value${series ? '' : ' ours'}"`,
        ),
      );
    });
  });
  return parts.join('\n');
};

const legend = (names: readonly string[]): string => {
  let x = LEFT;
  const y = HEIGHT - 40;
  const entry = (label: string, fill: string) => {
    const parts = `<rect x="${x}" y="${y - 10}" width="12" height="12" fill="${fill}"/>${text(x + 18, y, label)}`;
    x += 18 + label.length * 6.6 + 24;
    return parts;
  };
  return names.map((name, series) => entry(name, `var(--s${series})`)).join('\n');
};

const stripes = (series: number): string =>
  `<pattern id="given-up-${series}" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="5" height="5" fill="var(--back)"/><rect width="3" height="5" fill="var(--s${series})"/></pattern>`;

export const plot = (alone: readonly Row[], besideOthers: readonly Row[]): string => {
  const names = [...new Set(alone.map(({ name }) => name))];
  const used = { share: ({ usedShare }: Row) => usedShare, highest: 1.25, step: 0.25 };
  const throttled = { share: ({ throttledShare }: Row) => throttledShare, highest: 0.75, step: 0.25 };
  const [right, lower] = [LEFT + PANEL.width + GAP, TOP + PANEL.height + BETWEEN];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-label="Share of the Cognito quota that seeders use, and share of their requests that is throttled">
<style>${STYLE}
</style>
<defs>${names.map((_, series) => stripes(series)).join('')}</defs>
<rect width="${WIDTH}" height="${HEIGHT}" fill="var(--back)"/>
${text(LEFT, 32, 'Updates of user attributes under Cognito’s quota', 'style="font-size:18px" class="title"')}
${panel({ title: 'Used of the quota', rows: alone, ...used }, names, LEFT, TOP)}
${panel({ title: 'Used of what others, who want half of it, leave', rows: besideOthers, ...used }, names, right, TOP)}
${panel({ title: 'Throttled requests', rows: alone, ...throttled }, names, LEFT, lower)}
${panel({ title: 'Throttled requests, beside others', rows: besideOthers, ...throttled }, names, right, lower)}
${legend(names)}
${text(LEFT, HEIGHT - 16, 'By quota of requests a second; 30 ms an answer. From the second second on; above 100 %: saved up in the first. Striped: some users were given up.', 'style="font-size:11px"')}
</svg>
`;
};
