import type { MessageTemplateWire } from '../../lib/private/contracts/message';
import { own } from './event';

/**
 * Of the source's templates whose `when` the metadata meets in full, the one that asks for most. Synth refuses two that
 * could tie; should they ever, the one declared first goes.
 */
export function selectTemplate(
  templates: readonly MessageTemplateWire[],
  source: string,
  clientMetadata: Readonly<Record<string, unknown>>,
): MessageTemplateWire | undefined {
  let best: MessageTemplateWire | undefined;
  for (const template of templates) {
    if (template.source !== source || !matches(template, clientMetadata)) continue;
    if (!best || specificity(template) > specificity(best)) best = template;
  }
  return best;
}

const matches = ({ when }: MessageTemplateWire, metadata: Readonly<Record<string, unknown>>): boolean =>
  Object.entries(when).every(([key, wanted]) => own(metadata, key) === wanted);

const specificity = ({ when }: MessageTemplateWire): number => Object.keys(when).length;
