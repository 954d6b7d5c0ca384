import { FRAME_POLICY, frameDocument } from '../../cli/preview/gallery/frame';
import { attribute, elementsOf, parseHtml } from '../../cli/preview/html';
import { HOSTILE_BODY } from './support/hostile';

const elementsIn = (html: string) => [...elementsOf(parseHtml(html))];

test('the policy is the first thing in the head, and the only one', () => {
  for (const html of ['', '<p>x', HOSTILE_BODY, '<frameset><frame src=x></frameset>']) {
    const elements = elementsIn(frameDocument(html));
    expect(elements.map(({ tagName }) => tagName).slice(0, 3)).toEqual(['html', 'head', 'meta']);
    const policies = elements.filter((element) => attribute(element, 'http-equiv') !== undefined);
    expect(policies.map((element) => attribute(element, 'content'))).toEqual([FRAME_POLICY]);
  }
});

test('nothing is left that runs, loads, refreshes, sends or leads anywhere', () => {
  const elements = elementsIn(frameDocument(HOSTILE_BODY));
  const tags = new Set(elements.map(({ tagName }) => tagName));
  for (const tag of ['script', 'link', 'base', 'iframe', 'object', 'embed', 'set', 'animate', 'noscript']) {
    expect(tags).not.toContain(tag);
  }
  for (const { attrs } of elements) {
    for (const { name, value } of attrs) {
      expect(name).not.toMatch(/^on|srcset|action|ping|target|download|autofocus/);
      if (name === 'src') expect(value).toMatch(/^data:/);
      if (/href$/.test(name)) expect(value).toMatch(/^#/);
    }
  }
});

test('it says the same when it is read again', () => {
  const once = frameDocument(HOSTILE_BODY);
  expect(frameDocument(once)).toBe(once);
});

test('what has no end in markup is shown as text', () => {
  const written = frameDocument('<plaintext><a href="http://leak.invalid">');
  expect(elementsIn(written).some(({ tagName }) => tagName === 'a' || tagName === 'plaintext')).toBe(false);
});

test('the look of a message stays: its doctype or none, styles, classes, comments for Outlook, pictures within it', () => {
  const body =
    '<p class="a" style="color:red">x</p><!--[if mso]><b>y</b><![endif]--><img alt="" src="data:image/png;base64,AA==">';
  const html = `<html lang="de"><head><style>.a > b { color: red }</style></head><body bgcolor="#eee">${body}</body></html>`;
  const written = frameDocument(html);
  expect(written.startsWith('<html lang="de"><head><meta http-equiv')).toBe(true);
  expect(written).toContain(`<style>.a > b { color: red }</style></head><body bgcolor="#eee">${body}</body></html>`);
  expect(frameDocument(`<!DOCTYPE html>${html}`).startsWith('<!DOCTYPE html><html')).toBe(true);
});

test('a link stays a link, and tells where it would lead', () => {
  expect(frameDocument('<a href="https://example.com/x">go</a>')).toContain(
    '<a href="#_" title="https://example.com/x">go</a>',
  );
  expect(frameDocument('<a href="#top">up</a>')).toContain('<a href="#top">up</a>');
});
