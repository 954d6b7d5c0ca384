/// <reference lib="dom" />
/** What runs in the page: here alone there is a document. */
import type { BrowserContext, Locator, Page } from 'playwright-core';

export const widthsOf = (frames: Locator): Promise<number[]> =>
  frames.evaluateAll((all) => all.map(({ clientWidth }) => clientWidth));

export const linksOf = (links: Locator): Promise<string[]> =>
  links.evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).href));

/** By how many pixels a page is wider than its window. */
export const overflowOf = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);

/** tsx gives inner functions their names by a helper that a page does not have. */
const bringHelper = (page: Page) => page.evaluate('globalThis.__name = (inner) => inner');

/** Tries what the policy of a page forbids. @returns what nothing has stopped */
export async function tryForbidden(page: Page, elsewhere: string): Promise<string[]> {
  await bringHelper(page);
  return page.evaluate(async (url) => {
    const paragraph = document.createElement('p');
    document.body.append(paragraph);
    const attempts: Record<string, () => unknown> = {
      'an inline script': () => {
        document.head.append(Object.assign(document.createElement('script'), { text: 'document.title = "executed"' }));
        return document.title === 'executed';
      },
      'a text as HTML': () => (paragraph.innerHTML = '<b>bold</b>'),
      'an inline style': () => {
        paragraph.setAttribute('style', 'color: rgb(1, 2, 3)');
        return getComputedStyle(paragraph).color === 'rgb(1, 2, 3)';
      },
      'a request to elsewhere': () => fetch(url, { mode: 'no-cors' }),
    };
    const undone: string[] = [];
    for (const [name, attempt] of Object.entries(attempts)) {
      try {
        if (await attempt()) undone.push(name);
      } catch {
        // stopped
      }
    }
    paragraph.remove();
    return undone;
  }, elsewhere);
}

/** How many colours a picture has, as Chromium sees it. */
export async function colorsIn(context: BrowserContext, picture: Buffer): Promise<number> {
  const page = await context.newPage();
  const colors = await page.evaluate(async (base64) => {
    const image = new Image();
    image.src = `data:image/png;base64,${base64}`;
    await image.decode();
    const canvas = Object.assign(document.createElement('canvas'), { width: image.width, height: image.height });
    const drawing = canvas.getContext('2d')!;
    drawing.drawImage(image, 0, 0);
    return new Set(new Uint32Array(drawing.getImageData(0, 0, image.width, image.height).data.buffer)).size;
  }, picture.toString('base64'));
  await page.close();
  return colors;
}

/** The texts of a page that WCAG 2.2 AA finds too faint (1.4.3: 4.5 to 1, and 3 to 1 for large letters). */
export async function faintTexts(page: Page): Promise<string[]> {
  await bringHelper(page);
  return page.evaluate(() => {
    type Color = readonly [number, number, number, number];
    const colorOf = (css: string): Color => {
      const [red, green, blue, alpha = 1] = css.match(/[\d.]+/g)!.map(Number);
      return [red, green, blue, alpha];
    };
    const luminance = (color: Color): number => {
      const [red, green, blue] = color.slice(0, 3).map((channel) => {
        const part = channel / 255;
        return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const backgroundOf = (element: Element | null): Color => {
      for (let around = element; around; around = around.parentElement) {
        const color = colorOf(getComputedStyle(around).backgroundColor);
        if (color[3] === 1) return color;
      }
      return [255, 255, 255, 1];
    };
    return [...document.body.querySelectorAll('*')].flatMap((element) => {
      const isText = [...element.childNodes].some((node) => node.nodeType === 3 && node.nodeValue!.trim() !== '');
      if (!isText || !element.checkVisibility()) return [];
      const { color, fontSize, fontWeight } = getComputedStyle(element);
      const levels = [luminance(colorOf(color)), luminance(backgroundOf(element))].sort((one, other) => other - one);
      const ratio = (levels[0] + 0.05) / (levels[1] + 0.05);
      const size = parseFloat(fontSize);
      const needed = size >= 24 || (size >= 18.66 && Number(fontWeight) >= 700) ? 3 : 4.5;
      return ratio < needed ? [`${element.tagName} ${ratio.toFixed(2)}: ${element.textContent!.slice(0, 40)}`] : [];
    });
  });
}
