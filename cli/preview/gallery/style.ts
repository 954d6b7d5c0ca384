/** The one style sheet of all pages. It lies in each page, so that nothing is loaded and a hash can name it. */
import { createHash } from 'node:crypto';

export const STYLE = `
:root {
  color-scheme: light dark;
  --page: #f5f4f1;
  --surface: #ffffff;
  --sunken: #f0eeea;
  --text: #1f2328;
  --muted: #5c636d;
  --line: #e1ded8;
  --strong-line: #c9c5bd;
  --accent: #24558c;
  --accent-soft: #e4edf6;
  --warn: #855000;
  --warn-soft: #fdf1d8;
  --warn-line: #ecd19a;
  --device: #2a2e34;
  --bubble: #ffffff;
  --shadow: 0 1px 2px rgb(31 35 40 / 6%), 0 4px 16px rgb(31 35 40 / 5%);
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "Liberation Sans", sans-serif;
  --mono: ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "Liberation Mono", monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #131619;
    --surface: #1b1f24;
    --sunken: #23282e;
    --text: #e6e8eb;
    --muted: #a0a8b3;
    --line: #2c323a;
    --strong-line: #454d58;
    --accent: #8fbcec;
    --accent-soft: #1f3044;
    --warn: #f0c46c;
    --warn-soft: #2e2615;
    --warn-line: #57461f;
    --device: #3a4049;
    --bubble: #3a424c;
    --shadow: 0 1px 2px rgb(0 0 0 / 30%);
  }
}
*, *::before, *::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; scroll-padding-top: 1rem; }
body {
  margin: 0;
  background: var(--page);
  color: var(--text);
  font: 400 1rem/1.55 var(--sans);
  overflow-wrap: break-word;
}
h1, h2, h3, h4, p, ul, dl, dd, figure { margin: 0; padding: 0; }
ul { list-style: none; }
h1 { font-size: clamp(1.75rem, 1.4rem + 1.4vw, 2.375rem); line-height: 1.15; font-weight: 650; letter-spacing: -0.02em; text-wrap: balance; }
h2 { font-size: 1.375rem; line-height: 1.25; font-weight: 650; letter-spacing: -0.012em; }
h3 { font-size: 1.0625rem; line-height: 1.35; font-weight: 620; }
code { font: 0.875em/1.4 var(--mono); }
a { color: var(--accent); text-decoration-thickness: 1px; text-underline-offset: 0.18em; }
a:hover { text-decoration-thickness: 2px; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
.hidden { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip:focus { position: fixed; inset: 0.5rem auto auto 0.5rem; z-index: 1; width: auto; height: auto; margin: 0; padding: 0.5rem 1rem; clip-path: none; background: var(--surface); }
.wrap { width: min(100%, 78rem); margin-inline: auto; padding-inline: clamp(1rem, 3vw, 2rem); }
.muted { color: var(--muted); }
.small { font-size: 0.875rem; line-height: 1.5; }

.top { padding-block: clamp(1.5rem, 4vw, 3rem) 1.5rem; }
.eyebrow { margin-bottom: 0.5rem; font-size: 0.875rem; color: var(--muted); }
.eyebrow a { color: inherit; }
.lead { max-width: 44rem; margin-top: 0.625rem; font-size: 1.0625rem; color: var(--muted); }
.paths { display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; margin-top: 0.5rem; font-size: 0.875rem; color: var(--muted); }

.stats { display: flex; flex-wrap: wrap; gap: 0.75rem 2.5rem; margin-top: 1.75rem; }
.stats div { display: flex; flex-direction: column-reverse; }
.stats dt { font-size: 0.8125rem; color: var(--muted); }
.stats dd { font-size: 1.625rem; line-height: 1.2; font-weight: 620; letter-spacing: -0.02em; font-variant-numeric: tabular-nums; }
.stats .is-warn dd { color: var(--warn); }

.tabs { border-bottom: 1px solid var(--line); }
.tabs ul { display: flex; gap: 0.25rem 1.5rem; overflow-x: auto; }
.tabs a { display: block; padding: 0.625rem 0 0.75rem; border-bottom: 2px solid transparent; color: var(--muted); font-size: 0.9375rem; white-space: nowrap; text-decoration: none; }
.tabs a:hover { color: var(--text); border-color: var(--strong-line); }
.tabs a[aria-current] { color: var(--text); border-color: var(--accent); font-weight: 600; }
.tabs a:focus-visible { outline-offset: -3px; }

main { padding-block: 0 4rem; }
.card { background: var(--surface); border: 1px solid var(--line); border-radius: 12px; box-shadow: var(--shadow); }
.block { margin-top: 2.5rem; }
.block > h2 { margin-bottom: 0.875rem; }

.badge { display: inline-flex; align-items: center; gap: 0.3em; padding: 0.0625rem 0.5rem; border-radius: 99px; font-size: 0.8125rem; line-height: 1.5; white-space: nowrap; background: var(--sunken); color: var(--muted); font-variant-numeric: tabular-nums; }
.badge.is-warn { background: var(--warn-soft); color: var(--warn); }
.tag { padding: 0.0625rem 0.4rem; border-radius: 5px; background: var(--sunken); color: var(--muted); font: 0.8125rem/1.5 var(--mono); white-space: nowrap; }

.kinds > li + li { border-top: 1px solid var(--line); }
.kinds summary { display: flex; align-items: baseline; gap: 0.75rem; padding: 0.75rem 1.25rem; cursor: pointer; list-style: none; border-radius: 12px; }
.kinds summary::-webkit-details-marker { display: none; }
.kinds summary::after { content: "+"; margin-left: auto; color: var(--muted); font: 1.125rem/1 var(--mono); }
.kinds details[open] > summary::after { content: "\\2013"; }
.kinds summary:hover { background: var(--sunken); }
.kinds .name { font-weight: 560; }
.kinds .places { padding: 0 1.25rem 1rem; font-size: 0.9375rem; }
.kinds .places li { padding-block: 0.375rem; border-top: 1px dotted var(--line); }

.source { margin-top: 1.25rem; overflow: hidden; }
.source > header { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0.125rem 0.75rem; padding: 1.125rem 1.25rem 1rem; }
.source > header p { flex-basis: 100%; color: var(--muted); font-size: 0.9375rem; }
.source h3 { font-size: 1.1875rem; }
.source table { width: 100%; border-collapse: collapse; font-size: 0.9375rem; table-layout: fixed; }
.source th, .source td { padding: 0.5rem 0.75rem; text-align: start; vertical-align: baseline; border-top: 1px solid var(--line); font-weight: 400; }
.source tr > :first-child { padding-inline-start: 1.25rem; }
.source tr > :last-child { padding-inline-end: 1.25rem; }
.source thead th { padding-block: 0.375rem; font-size: 0.8125rem; color: var(--muted); }
.source .group th { padding-block: 0.625rem 0.5rem; background: var(--sunken); }
.source .group b { margin-inline-end: 0.5rem; font-weight: 600; }
.source .col-locale { width: 24%; }
.source .col-sms { width: 33%; }
.source td li { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.source td a { text-decoration: none; }
.source td a:hover { text-decoration: underline; }
.source td .is-left a { color: var(--muted); font-style: italic; }
.source td .is-without { font-size: 0.875rem; }
.source td .is-without a { color: var(--muted); }
.none { color: var(--muted); }

.jump { display: grid; grid-template-columns: max-content 1fr; gap: 0.625rem 1.25rem; margin-top: 1.5rem; font-size: 0.9375rem; align-items: baseline; }
.jump dt { color: var(--muted); }
.jump dt a { font-weight: 560; }
.jump ul { display: flex; flex-wrap: wrap; gap: 0.375rem; }
.chip { display: inline-block; padding: 0.125rem 0.625rem; border: 1px solid var(--line); border-radius: 99px; background: var(--surface); font-size: 0.875rem; text-decoration: none; }
.chip:hover { border-color: var(--accent); }
.chip.is-warn { border-color: var(--warn-line); background: var(--warn-soft); color: var(--warn); }

.variant { margin-top: 3rem; }
.variant > header { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0.25rem 1rem; margin-bottom: 1rem; }
.texts { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1.25rem; }
.bubbles { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 22rem), 1fr)); gap: 1.25rem; margin-top: 1.25rem; align-items: start; }

.message { padding: 1.125rem 1.25rem 1.25rem; }
.message:target { border-color: var(--accent); box-shadow: 0 0 0 1px var(--accent), var(--shadow); }
.message > header { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0.25rem 0.625rem; }
.message h3 a { color: inherit; text-decoration: none; }
.message h3 a:hover { text-decoration: underline; }
.message > header .what { margin-inline-start: auto; font-size: 0.875rem; color: var(--muted); }

.findings { display: grid; gap: 0.375rem; margin-top: 0.875rem; font-size: 0.9375rem; line-height: 1.5; }
.findings li { display: grid; grid-template-columns: auto 1fr; gap: 0.625rem; padding: 0.5rem 0.75rem; border-radius: 8px; background: var(--sunken); color: var(--muted); }
.findings .is-warn { background: var(--warn-soft); color: var(--warn); }
.findings b { font-weight: 620; }
.findings li::before { content: "i"; width: 1.25rem; height: 1.25rem; margin-top: 0.0625rem; border: 1.5px solid currentcolor; border-radius: 50%; font: 700 0.75rem/1.0625rem var(--sans); text-align: center; }
.findings .is-warn::before { content: "!"; }

.inbox { display: grid; grid-template-columns: 2.5rem minmax(0, 1fr) auto; gap: 0 0.75rem; align-items: center; margin-top: 0.875rem; padding: 0.625rem 0.875rem; border: 1px solid var(--line); border-radius: 10px; }
.inbox .face { display: grid; place-items: center; grid-row: span 2; width: 2.5rem; height: 2.5rem; border-radius: 50%; background: var(--accent-soft); color: var(--accent); font-weight: 620; }
.inbox .from { font-size: 0.875rem; color: var(--muted); overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.inbox .time { font-size: 0.8125rem; color: var(--muted); }
.inbox .line { grid-column: 2 / -1; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.inbox .subject { font-weight: 620; }
.inbox .snippet { color: var(--muted); }
.inbox .snippet::before { content: " \\2013  "; }

.frames { display: grid; grid-template-columns: auto minmax(40rem, 1fr); gap: 1.5rem; margin-top: 1.125rem; }
figcaption { display: flex; gap: 0.5rem; margin-bottom: 0.5rem; font-size: 0.8125rem; color: var(--muted); }
figcaption a { margin-inline-start: auto; }
.screen { overflow: hidden; background: var(--sunken); }
iframe { display: block; border: 0; background: #fff; color-scheme: light; }
.phone .screen { width: calc(375px + 16px); border: 8px solid var(--device); border-radius: 26px; background: var(--device); }
.phone iframe { width: 375px; height: 584px; }
.desk .screen { border: 1px solid var(--strong-line); border-radius: 10px; }
.desk .screen::before { content: ""; display: block; height: 31px; border-bottom: 1px solid var(--line); background: radial-gradient(circle, var(--strong-line) 4.5px, transparent 5px) 0 0 / 18px 30px no-repeat, radial-gradient(circle, var(--strong-line) 4.5px, transparent 5px) 18px 0 / 18px 30px no-repeat, radial-gradient(circle, var(--strong-line) 4.5px, transparent 5px) 36px 0 / 18px 30px no-repeat, var(--sunken); background-origin: content-box; background-clip: border-box; padding-inline: 8px; }
.desk iframe { width: 100%; min-width: 640px; height: 567px; }

.sms { margin-top: 0.875rem; padding: 1rem 1rem 1.125rem; border-radius: 10px; background: var(--sunken); }
.sms .from { margin-bottom: 0.375rem; font-size: 0.75rem; color: var(--muted); text-align: center; }
.bubble { width: fit-content; max-width: 19rem; padding: 0.5rem 0.875rem; border-radius: 18px 18px 18px 5px; background: var(--bubble); white-space: pre-wrap; overflow-wrap: anywhere; }
.facts { display: flex; flex-wrap: wrap; gap: 0.125rem 1rem; margin-top: 0.75rem; font-size: 0.8125rem; color: var(--muted); font-variant-numeric: tabular-nums; }
.cognito { margin-top: 0.875rem; padding: 1.5rem 1rem; border: 1px dashed var(--strong-line); border-radius: 10px; color: var(--muted); text-align: center; font-size: 0.9375rem; }

.pager { display: flex; align-items: center; gap: 1rem; margin-top: 2.5rem; }

footer { padding-block: 1.5rem 3rem; border-top: 1px solid var(--line); font-size: 0.8125rem; color: var(--muted); }

@media (max-width: 75rem) {
  .frames { grid-template-columns: minmax(0, 1fr); }
}
@media (max-width: 44rem) {
  .source table, .source tbody, .source tr, .source th, .source td { display: block; }
  .source thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .source th, .source td, .source tr > :last-child { padding: 0 1.25rem; border: 0; text-align: start; }
  .source tr { padding-block: 0.625rem; border-top: 1px solid var(--line); }
  .source .group { padding: 0; }
  .source .group th { padding: 0.625rem 1.25rem; }
  .source td.is-empty { display: none; }
  .source td li { white-space: normal; }
  .source td[data-is]::before { content: attr(data-is); display: block; margin-top: 0.25rem; font-size: 0.75rem; color: var(--muted); }
  .jump { grid-template-columns: minmax(0, 1fr); gap: 0.25rem; }
  .jump dd { margin-bottom: 0.625rem; }
  .texts > .message, .bubbles > .message { margin-inline: -1rem; padding-inline: 1rem; border-inline: 0; border-radius: 0; }
  .inbox .time { align-self: start; }
  .inbox .subject, .inbox .snippet { display: block; overflow: hidden; text-overflow: ellipsis; }
  .inbox .snippet { font-size: 0.9375rem; }
  .inbox .snippet::before { content: none; }
  .inbox .face { grid-row: span 2; align-self: start; margin-top: 0.125rem; }
  .stats { gap: 0.75rem 1.25rem; margin-top: 1.25rem; }
  .phone { margin-inline: -1rem; padding-bottom: 1px; overflow-x: auto; }
  .phone figcaption { padding-inline: 1rem; }
  .phone .screen { width: 375px; margin-inline: auto; border: solid var(--line); border-width: 1px 0; border-radius: 0; }
  .desk { --scale: 0.9; overflow: hidden; }
  .desk .scaled { height: calc(600px * var(--scale)); }
  .desk .screen { width: 640px; transform: scale(var(--scale)); transform-origin: 0 0; }
}
@media (max-width: 38rem) { .desk { --scale: 0.72; } }
@media (max-width: 31rem) { .desk { --scale: 0.62; } }
@media (max-width: 27rem) { .desk { --scale: 0.55; } }
@media (max-width: 24rem) { .desk { --scale: 0.5; } }
@media (max-width: 22rem) { .desk { --scale: 0.44; } }
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
`;

const hash = createHash('sha256').update(STYLE).digest('base64');

/** No script, no request: this style sheet, pictures within the page, and the gallery's own frames. */
export const PAGE_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${hash}'`,
  'img-src data:',
  // Firefox takes no file for the page's own.
  "frame-src 'self' file:",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');
