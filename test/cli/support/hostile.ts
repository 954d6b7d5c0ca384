/** What somebody who means harm would put into a message, or into a value. */

export const HOSTILE_VALUE =
  '"><script>alert(1)</script><img src=x onerror=alert(1)></iframe></title></style></textarea>{{{code}}}<a href="javascript:alert(1)">x</a>';

/**
 * As a template's own words: nothing of it comes from a value.
 *
 * @param beacon the origin that would hear of it
 */
export const hostileBody = (beacon: string): string => `<!DOCTYPE html>
<html lang="en" manifest="${beacon}/manifest">
<head>
<base href="${beacon}/base/" target="_top">
<meta http-equiv="refresh" content="0;url=${beacon}/refresh">
<meta http-equiv="Content-Security-Policy" content="default-src *">
<link rel="stylesheet" href="${beacon}/sheet.css"><link rel="preconnect" href="${beacon}"><link rel="dns-prefetch" href="${beacon}">
<link rel="prerender" href="${beacon}/prerender"><link rel="icon" href="${beacon}/icon.png">
<style>@import url(${beacon}/import.css); @font-face { font-family: x; src: url(${beacon}/font.woff2) } body { background: url(${beacon}/css.png); font-family: x } h1:hover { cursor: url(${beacon}/cursor.cur), auto }</style>
<script>document.title = 'executed'; top.location = '${beacon}/top'; fetch('${beacon}/fetch')</script>
<title>Quiet</title>
</head>
<body onload="document.title='executed'" background="${beacon}/background.png">
<h1 id="heading">{{code}}</h1>
<a id="link" href="${beacon}/link" target="_top" ping="${beacon}/ping" download>A link</a>
<a id="script-link" href="javascript:document.title='executed'">A script</a>
<a id="data-link" href="data:text/html,<script>top.location='${beacon}/data'</script>">Data</a>
<a id="relative" href="/etc/passwd">Relative</a> <a href="../index.html">Up</a>
<a id="inner" href="#heading">Inner</a>
<map name="m"><area id="area" shape="rect" coords="0,0,50,50" href="${beacon}/area"></map>
<img alt="map" usemap="#m" width="50" height="50" src="${beacon}/image.png" srcset="${beacon}/image2.png 2x" onerror="document.title='executed'" lowsrc="${beacon}/low.png" attributionsrc="${beacon}/attribution">
<picture><source srcset="${beacon}/picture.webp"><img alt="" src="${beacon}/picture.png"></picture>
<form action="${beacon}/form"><input name="a" value="b" autofocus onfocus="document.title='executed'"><input type="image" alt="go" src="${beacon}/input.png"><button id="send" formaction="${beacon}/formaction">Send</button></form>
<svg width="80" height="20"><a id="svg-link" xlink:href="${beacon}/svg"><text y="15">SVG</text></a><image href="${beacon}/svg.png"/><use href="${beacon}/use.svg#x"/>
<a href="#x"><set attributeName="href" to="${beacon}/set"/><animate attributeName="href" values="${beacon}/animate"/><text x="40" y="15">S</text></a>
<script>document.title='executed'</script><foreignObject><iframe src="${beacon}/foreign"></iframe></foreignObject></svg>
<math><a href="${beacon}/math" xlink:href="javascript:1">m</a></math>
<iframe src="${beacon}/frame" srcdoc="<script>top.document.title='executed'</script>"></iframe>
<object data="${beacon}/object"></object><embed src="${beacon}/embed">
<video src="${beacon}/video.mp4" poster="${beacon}/poster.png" autoplay></video><audio src="${beacon}/audio.mp3" autoplay></audio>
<template shadowrootmode="open"><a href="${beacon}/shadow">Shadow</a><img alt="" src="${beacon}/shadow.png"></template>
<noscript><p title="</noscript><img src='${beacon}/mutated.png' alt=''><a href='${beacon}/mutated'>m</a>">n</p></noscript>
<svg><style><a title="</style><img src='${beacon}/mutated2.png' alt='' onerror=alert(1)>"></style></svg>
<table><tr><td background="${beacon}/cell.png">cell</td></tr></table>
<p style="background:url('${beacon}/inline.png')">styled</p>
<!--[if mso]><img src="${beacon}/mso.png"><![endif]-->
</iframe></body></html></body></html>
<script>document.title = 'executed'</script>`;

export const HOSTILE_BODY = hostileBody('http://leak.invalid');
