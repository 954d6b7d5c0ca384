/** Renders every sample of a trigger, as far as Cognito would. */
import { CHANNEL_PARTS, type MessagePart } from '../../lib/private/contracts/message';
import type { Trigger } from './assembly';
import { type Sample, samplesOf } from './events';
import { fill, type Texts } from './fill';
import { canHaveBecome, type Messages } from './messages';
import type { Default, Render, Rendering } from './runtime';
import type { Samples } from './samples';
import { type Finding, warning } from './warnings/finding';
import { findingsOf } from './warnings/findings';

/** A message as it is sent, and what is to be said of it. */
export interface Message {
  readonly sample: Sample;
  /** Nothing where Cognito sends its own words, or another text is sent. */
  readonly sent?: Texts;
  readonly findings: readonly Finding[];
}

export interface RenderedTrigger {
  readonly trigger: Trigger;
  readonly messages: readonly Message[];
}

export const renderTrigger = (
  trigger: Trigger,
  messages: Messages,
  render: Render,
  given: Samples,
): RenderedTrigger => ({
  trigger,
  messages: samplesOf(messages, given).map((sample) => renderSample(sample, messages, render)),
});

function renderSample(sample: Sample, { index }: Messages, render: Render): Message {
  let rendering: Rendering;
  try {
    rendering = render(sample.event);
  } catch (error) {
    // The function catches what its own code throws, and leaves the message to Cognito.
    const name = error instanceof Error ? error.name : typeof error;
    return {
      sample,
      findings: [warning('Left to Cognito', `The function throws (${name}), and Cognito sends its own words.`)],
    };
  }
  const rendered = ofChannel(rendering, sample);
  const left = rendered ? undefined : (leftOf(rendering, sample) ?? { reason: 'NoTemplate' as const });
  const filled = rendered && fill(rendered, { source: sample.source, userName: sample.event.userName });
  const isIntended = !rendered || isMadeFrom(sample, rendered);
  const findings = findingsOf(index, { sample, rendered, filled, left, isIntended });
  return { sample, findings, ...(filled && !sample.instead && isIntended && { sent: filled }) };
}

function ofChannel({ emailSubject, emailMessage, smsMessage }: Rendering, { channel }: Sample): Texts | undefined {
  if (channel === 'sms') return smsMessage === undefined ? undefined : { smsMessage };
  return emailMessage === undefined ? undefined : { emailSubject, emailMessage };
}

const leftOf = ({ defaults }: Rendering, { channel }: Sample): Default | undefined =>
  defaults.find((entry) => entry.channel === channel) ?? defaults.find((entry) => entry.channel === undefined);

const RENDERED_AS = { subject: 'emailSubject', html: 'emailMessage', sms: 'smsMessage' } as const satisfies Record<
  MessagePart,
  keyof Texts
>;

const isMadeFrom = ({ channel, text }: Sample, rendered: Texts): boolean =>
  CHANNEL_PARTS[channel].every((part) => canHaveBecome(text[part] ?? [], rendered[RENDERED_AS[part]] ?? ''));
