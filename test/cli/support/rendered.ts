import { readMessages } from '../../../cli/preview/messages';
import { type Message, renderTrigger } from '../../../cli/preview/render';
import { openRuntime } from '../../../cli/preview/runtime';
import { NO_SAMPLES, type Samples } from '../../../cli/preview/samples';
import type { VariantWire } from '../../../lib/private/contracts/message';
import { asset, type TriggerFixture } from './fixture';

/** All messages of a trigger, rendered by the code that Cognito would call. */
export function rendered(fixture: TriggerFixture, samples: Samples = NO_SAMPLES): readonly Message[] {
  const directory = asset(fixture);
  const trigger = { titles: ['Shop/Messages'], directory };
  return renderTrigger(trigger, readMessages(directory), openRuntime(directory), samples).messages;
}

/** Of one e-mail of everybody's. */
export function email(html: string, more: { readonly subject?: string; readonly source?: string } = {}): Message {
  const { subject = 'Your code', source = 'SignUp' } = more;
  const [message] = rendered({ sources: { [source]: [{ email: { '': { subject, html } } }] } });
  return message;
}

export const kindsOf = ({ findings }: Message): string[] => findings.map(({ kind }) => kind);

export const textOf = ({ findings }: Message, kind: string): string | undefined =>
  findings.find((finding) => finding.kind === kind)?.text;

export const nameOf = ({ name }: VariantWire): string => name ?? 'fallback';
