/** The files of a gallery, by their paths in it. */
import type { RenderedTrigger } from '../render';
import { frameDocument } from './frame';
import { overviewPage } from './overview-page';
import { place } from './placed';
import { sourcePage } from './source-page';

export function galleryOf(rendered: readonly RenderedTrigger[]): Map<string, string> {
  const triggers = place(rendered);
  const files = new Map([['index.html', overviewPage(triggers)]]);
  for (const trigger of triggers) {
    for (const source of trigger.sources) {
      for (const page of source.pages) files.set(page.file, sourcePage(page, source, trigger));
      for (const { frame, sent } of source.variants.flatMap(({ messages }) => messages)) {
        if (frame !== undefined) files.set(frame, frameDocument(sent!.emailMessage!));
      }
    }
  }
  return files;
}
