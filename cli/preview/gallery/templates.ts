/**
 * The pages, in mustache. Nothing is put in with three braces: the words of templates, people and assemblies are text here
 * and no markup.
 */
import { STYLE } from './style';

const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Crect width='32' height='32' rx='8' fill='%2324558c'/%3E%3Cpath d='M7 11h18v11H7zl9 7 9-7' fill='none' stroke='%23fff' stroke-width='2' stroke-linejoin='round'/%3E%3C/svg%3E";

const page = (main: string): string => `<!DOCTYPE html>
<html lang="en">
<head>
<meta http-equiv="Content-Security-Policy" content="{{policy}}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>{{title}}</title>
<link rel="icon" href="${ICON}">
<style>${STYLE}</style>
</head>
<body>
<a class="hidden skip" href="#main">To the messages</a>
${main}
<footer class="wrap">
<p>Written by cdk-cognito-messages with the code that answers Cognito, for sample values. Frames load nothing and run nothing, their links lead nowhere, and they follow the light or dark setting of this device.</p>
</footer>
</body>
</html>
`;

export const OVERVIEW_PAGE = page(`<header class="wrap top">
<p class="eyebrow">Message gallery</p>
<h1>{{heading}}</h1>
<p class="lead">{{lead}}</p>
<dl class="stats">
{{#stats}}
<div{{#isWarn}} class="is-warn"{{/isWarn}}><dt>{{name}}</dt><dd>{{value}}</dd></div>
{{/stats}}
</dl>
</header>
<main id="main" class="wrap">
{{#hasKinds}}
<section class="block" aria-labelledby="findings">
<h2 id="findings">To look at</h2>
<ul class="card kinds">
{{#kinds}}
<li><details>
<summary><span class="badge{{#isWarn}} is-warn{{/isWarn}}">{{count}} {{levels}}</span> <span class="name">{{kind}}</span></summary>
<ul class="places">
{{#places}}
<li><a href="{{href}}">{{where}}</a> <span class="muted">{{text}}</span></li>
{{/places}}
{{#more}}<li class="muted">and {{more}} more</li>{{/more}}
</ul>
</details></li>
{{/kinds}}
</ul>
</section>
{{/hasKinds}}
{{#triggers}}
<section class="block" aria-labelledby="{{id}}">
<h2 id="{{id}}">{{heading}}</h2>
{{#alias}}<p class="small muted">Also as {{alias}}</p>{{/alias}}
{{#sources}}
<article class="card source" aria-labelledby="{{id}}">
<header><h3 id="{{id}}"><a href="{{file}}">{{title}}</a></h3> <span class="badge">{{messages}}</span>{{#warnings}} <span class="badge is-warn">{{warnings}}</span>{{/warnings}}
<p>{{occasion}}</p></header>
<table>
<thead><tr><th scope="col" class="col-locale">Language</th><th scope="col">E-mail</th><th scope="col" class="col-sms">SMS</th></tr></thead>
{{#variants}}
<tbody>
{{#isNamed}}<tr class="group"><th colspan="3" scope="rowgroup"><b>{{title}}</b> <span class="muted">{{condition}}</span></th></tr>{{/isNamed}}
{{#rows}}
<tr><th scope="row">{{language}}{{#tag}} <span class="tag">{{tag}}</span>{{/tag}}{{#warnings}} <span class="badge is-warn">{{warnings}}</span>{{/warnings}}</th>
{{#cells}}
<td data-is="{{channel}}"{{#isEmpty}} class="is-empty"{{/isEmpty}}>{{#hasLinks}}<ul>{{#links}}<li class="{{#isLeft}}is-left {{/isLeft}}{{#without}}is-without{{/without}}"><a href="{{href}}">{{#without}}without {{without}}{{/without}}{{^without}}<bdi lang="{{lang}}">{{words}}</bdi>{{/without}}</a></li>{{/links}}</ul>{{/hasLinks}}{{^hasLinks}}<span class="none">{{instead}}</span>{{/hasLinks}}</td>
{{/cells}}
</tr>
{{/rows}}
</tbody>
{{/variants}}
</table>
</article>
{{/sources}}
{{#silent}}<p class="small muted block">Left to Cognito’s own words, as no text is declared: {{silent}}.</p>{{/silent}}
</section>
{{/triggers}}
</main>`);

export const SOURCE_PAGE = page(`<header class="wrap top">
<nav aria-label="Breadcrumb"><p class="eyebrow"><a href="index.html">Message gallery</a> / {{trigger}}</p></nav>
<h1>{{title}}</h1>
<p class="lead">{{occasion}}</p>
<p class="paths"><code>{{source}}</code></p>
</header>
<nav class="wrap" aria-label="Sources"><div class="tabs"><ul>
{{#tabs}}<li><a href="{{file}}"{{#isCurrent}} aria-current="page"{{/isCurrent}}>{{title}}</a></li>
{{/tabs}}</ul></div></nav>
<main id="main" class="wrap">
<nav aria-label="Texts"><dl class="jump">
{{#jumps}}
<dt><a href="{{href}}">{{title}}</a></dt>
<dd><ul>{{#locales}}<li><a class="chip{{#isWarn}} is-warn{{/isWarn}}" href="{{href}}">{{language}}</a></li>{{/locales}}</ul></dd>
{{/jumps}}
{{#hasElsewhere}}
<dt>On other pages</dt>
<dd><ul>{{#elsewhere}}<li><a class="chip" href="{{href}}">{{title}}</a></li>{{/elsewhere}}</ul></dd>
{{/hasElsewhere}}
</dl></nav>
{{#variants}}
<section class="variant" aria-labelledby="{{id}}">
<header><h2 id="{{id}}">{{title}}{{#isContinued}} <span class="muted">continued</span>{{/isContinued}}</h2><p class="small muted">{{condition}}</p></header>
{{#hasEmails}}<div class="texts">
{{#emails}}{{> message}}{{/emails}}
</div>{{/hasEmails}}
{{#hasTexts}}<div class="bubbles">
{{#texts}}{{> message}}{{/texts}}
</div>{{/hasTexts}}
</section>
{{/variants}}
{{#pager}}
<nav class="pager" aria-label="Pages">
{{#previous}}<a class="chip" href="{{file}}" rel="prev">Previous</a>{{/previous}}
<p class="small muted">Page {{number}} of {{of}}</p>
{{#next}}<a class="chip" href="{{file}}" rel="next">Next</a>{{/next}}
</nav>
{{/pager}}
</main>`);

export const MESSAGE_PARTIAL = `<article class="card message" id="{{id}}" aria-labelledby="{{id}}-h">
<header><h3 id="{{id}}-h"><a href="#{{id}}">{{language}}</a></h3>{{#tag}} <span class="tag">{{tag}}</span>{{/tag}}{{#absent}} <span class="badge">without {{absent}}</span>{{/absent}}
<p class="what">{{channel}}</p></header>
{{#hasFindings}}<ul class="findings">
{{#findings}}<li{{#isWarn}} class="is-warn"{{/isWarn}}><p><b>{{kind}}.</b> {{text}}</p></li>
{{/findings}}</ul>{{/hasFindings}}
{{#email}}
<div class="inbox">
<span class="face" aria-hidden="true">{{initial}}</span>
<p class="from"><span class="hidden">In the inbox, from </span>{{sender}}</p><span class="time" aria-hidden="true">09:41</span>
<p class="line"><bdi class="subject" lang="{{lang}}">{{subject}}</bdi><bdi class="snippet" lang="{{lang}}">{{snippet}}</bdi></p>
</div>
<div class="frames">
<figure class="phone"><figcaption>Phone <span>375 px</span></figcaption><div class="screen"><iframe src="{{frame}}" sandbox="" loading="lazy" width="375" height="584" title="{{label}} on a phone"></iframe></div></figure>
<figure class="desk"><figcaption>Desk <a href="{{frame}}">Alone on a page</a></figcaption><div class="scaled"><div class="screen"><iframe src="{{frame}}" sandbox="" loading="lazy" width="640" height="567" title="{{label}} on a desk"></iframe></div></div></figure>
</div>
{{/email}}
{{#sms}}
<div class="sms"><p class="bubble" dir="auto" lang="{{lang}}">{{text}}</p></div>
<dl class="facts"><div><dt class="hidden">Length</dt><dd>{{room}}</dd></div><div><dt class="hidden">Alphabet</dt><dd>{{encoding}}</dd></div><div><dt class="hidden">Segments</dt><dd>{{parts}}</dd></div></dl>
{{/sms}}
{{#isLeft}}<p class="cognito">{{instead}}</p>{{/isLeft}}
</article>
`;
