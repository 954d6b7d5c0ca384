import * as fc from 'fast-check';
import { htmlPlace, htmlPlaces } from '../../../../../lib/private/message/validation/html-place';

describe('the place where HTML leaves off', () => {
  test.each<[string, string | undefined]>([
    ['', undefined],
    ['text', undefined],
    ['<p>text', undefined],
    ['<p title="a > b">text', undefined],
    ["<p title='\"'>text", undefined],
    ['<p title = "x>', 'a tag'],
    ['<p a"b>text', undefined],
    ['<a href=https://example.com/?q="a>text', undefined],
    ['<br/>text', undefined],
    ['1 < 2', undefined],
    ['a <', 'a tag'],
    ['a </', 'a tag'],
    ['a <!', 'a tag'],
    ['a <!-', 'a tag'],
    ['<!doctype html>', undefined],
    ['<?xml', 'a tag'],
    ['<!-- a > b', 'a comment'],
    ['<!-- a > b -->', undefined],
    ['<!--><a title="-->', 'a tag'],
    ['<!-- --!>', undefined],
    ['<script>if (a < b) "</p>"', '<script>'],
    ['<script>a <', '<script>'],
    ['<script src="x"></script >text', undefined],
    ['<script></scripty>', '<script>'],
    ['<style>', '<style>'],
    ['<style></style', 'a tag'],
    ['<title><b x="</title><p title=">', 'a tag'],
    ['<textarea>x', '<textarea>'],
    ['</script>text', undefined],
    ['<scripty>text', undefined],
    ...['xmp', 'iframe', 'noembed', 'noframes', 'noscript', 'plaintext'].map((name): [string, string] => [
      `<${name}>x`,
      `<${name}>`,
    ]),
    ['<p title=>text', undefined],
    ['<p =', 'a tag'],
  ])('%s', (before, place) => expect(htmlPlace(before)).toBe(place));
});

test('what follows a position does not change whether a value may stand there', () => {
  const soup = fc
    .array(
      fc.constantFrom(
        '<', '>', '</', '<!', '<!-', '<!--', '--', '-->', '--!>', '-', '!', '/', '=', '"', "'", ' ', 'a', 'p', '<p', '<a b="',
        "<a b='", '<style', '<style>', '</style>', '<script>', '</script', '<title>', '</title>', '<?', '\n', 'x>',
      ), // prettier-ignore
      { maxLength: 14 },
    )
    .map((pieces) => pieces.join(''));
  fc.assert(
    fc.property(soup, fc.nat(60), (html, cut) => {
      const position = Math.min(cut, html.length);
      // A value stands there, and begins with a letter or may.
      const whole = `${html.slice(0, position)}x${html.slice(position)}`;
      expect(htmlPlaces(whole)(position) === undefined).toBe(htmlPlace(html.slice(0, position)) === undefined);
    }),
    { numRuns: 3_000 },
  );
});
