/**
 * What a trigger with 100 templates in 20 languages costs: to load, to answer for the first time, and to answer warm, beside
 * what people write by hand (mustache with its own renderer, which checks nothing).
 */
import { statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import Table from 'cli-table3';
import { CustomMessageSource, MetadataKey } from '../lib';
import { synthesizeMessages } from '../test/support/message-function';
import { fresh, load, medians, rounded, save } from './support';

const TEMPLATES = 100;
const LOCALES = 'en de fr es it pt nl sv da nb fi pl cs sk hu ro bg el tr ja'.split(' ');
const SOURCES = Object.values(CustomMessageSource);
const WARM_RUNS = 50_000;

/** Five kilobytes, as a designed e-mail is. */
const PARAGRAPH = `<p style="margin:0 0 16px">${'Please confirm that this is your address. '.repeat(10)}</p>\n`;
const html = (source: string) =>
  `<!doctype html><html lang="en"><body>{{#userAttributes.given_name}}<h1>Hello {{userAttributes.given_name}}</h1>{{/userAttributes.given_name}}
${PARAGRAPH.repeat(10)}<p>{{clientMetadata.tenant}}: ${source.includes('Admin') ? '{{username}} ' : ''}<b>{{code}}</b></p></body></html>`;
const sms = (source: string) => `${source.includes('Admin') ? '{{username}} ' : ''}{{code}} is your code.`;

const started = process.hrtime.bigint();
const declared = synthesizeMessages(
  { metadata: [MetadataKey.of('campaign'), MetadataKey.of('tenant', { maxLength: 40 })], defaultLocale: 'en' },
  (messages) => {
    for (let template = 0; template < TEMPLATES; template++) {
      const source = SOURCES[template % SOURCES.length];
      for (const locale of LOCALES) {
        const when = { campaign: `campaign-${Math.floor(template / SOURCES.length)}` };
        messages.addTemplate(source, { when, locale, subject: 'Hello', html: html(source), sms: sms(source) });
      }
    }
  },
);
const synthMs = Number(process.hrtime.bigint() - started) / 1e6;

const EVENT = `(template, locale, sources) => ({
  triggerSource: sources[template % sources.length], userPoolId: 'eu-west-1_x', userName: 'alice',
  request: {
    codeParameter: '{####}', usernameParameter: '{username}', linkParameter: null,
    userAttributes: { given_name: 'Zoë <b>', locale },
    clientMetadata: { campaign: 'campaign-' + Math.floor(template / sources.length), tenant: 'Blue & Sons', other: 'x' },
  },
  response: {},
})`;
const GIVEN = `const locales=${JSON.stringify(LOCALES)},sources=${JSON.stringify(SOURCES)},event=${EVENT};`;

const empty = path.join(__dirname, 'empty.js');
const cold = medians({
  empty: () => load(empty),
  load: () => load(declared.bundle),
  loadAndAnswer: () => load(declared.bundle, `${GIVEN}m.render(event(42, 'de', sources))`),
});

/** Microseconds of a call, after each message has been rendered some times. */
const warm = (prepare: string, call: string): { median: number; p99: number } =>
  JSON.parse(
    fresh(`${GIVEN}${prepare}
      const run=async(i)=>{const e=event((i*37)%${TEMPLATES},locales[(i*11)%locales.length],sources);const t=process.hrtime.bigint();const r=${call};if(r instanceof Promise)await r;return Number(process.hrtime.bigint()-t)/1e3};
      (async()=>{for(let i=0;i<${TEMPLATES}*locales.length*11;i++)await run(i);const times=[];for(let i=0;i<${WARM_RUNS};i++)times.push(await run(i));times.sort((a,b)=>a-b);require('fs').writeSync(1,"\\n"+JSON.stringify({median:times[times.length*.5],p99:times[times.length*.99]}))})()`),
  );

const templates = path.join(declared.directory, 'by-hand.json');
writeFileSync(
  templates,
  JSON.stringify(Object.fromEntries(SOURCES.map((source) => [source, [html(source), sms(source)]]))),
);
const mustache = createRequire(__filename).resolve('mustache');
const calls = {
  'mustache by hand, no checks': warm(
    `const mustache=require(${JSON.stringify(mustache)}),texts=require(${JSON.stringify(templates)});`,
    `texts[e.triggerSource].map(text=>mustache.render(text,{...e.request,code:e.request.codeParameter,username:e.request.usernameParameter}))`,
  ),
  'the trigger, rendering': warm(`const {render}=require(${JSON.stringify(declared.bundle)});`, 'render(e)'),
  'the trigger, with its metrics': warm(
    `const {handler}=require(${JSON.stringify(declared.bundle)});process.stdout.write=()=>true;`,
    'handler(e)',
  ),
};
const rows = Object.entries(calls).map(([name, times]) => ({
  name,
  medianUs: rounded(times.median, 1),
  p99Us: rounded(times.p99, 1),
  ratioToByHand: rounded(times.median / calls['mustache by hand, no checks'].median, 2),
}));

const table = new Table({
  head: ['warm, per event', 'median, µs', 'p99, µs', 'of by hand'],
  style: { head: [], border: [] },
});
for (const { name, medianUs, p99Us, ratioToByHand } of rows) table.push([name, medianUs, p99Us, ratioToByHand]);
console.log(table.toString());
const figures = {
  templates: TEMPLATES,
  locales: LOCALES.length,
  bundleBytes: statSync(declared.bundle).size,
  loadOverEmptyMs: rounded(cold.load - cold.empty, 1),
  loadAndFirstAnswerOverEmptyMs: rounded(cold.loadAndAnswer - cold.empty, 1),
  synthMs: rounded(synthMs, 0),
};
console.log(figures);
save('messages', { ...figures, warmRuns: WARM_RUNS, rows });
declared.remove();
