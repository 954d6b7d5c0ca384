/** What the command prints in the end. */
import type { Preview } from './preview';
import { count } from './warnings/finding';
import { sourceWords } from './words';
import type { RenderedTrigger } from './render';

export function summaryOf({ page, triggers }: Preview): string {
  const rows = triggers.flatMap(({ trigger, messages }) => [
    ...(triggers.length > 1 ? [[trigger.titles[0], '', '']] : []),
    ...[...new Set(messages.map(({ sample }) => sample.source))].map((source) =>
      row(
        sourceWords(source).title,
        messages.filter(({ sample }) => sample.source === source),
      ),
    ),
  ]);
  const all = triggers.flatMap(({ messages }) => messages);
  const table = [['', 'messages', 'warnings'], ...rows, row('in all', all)];
  const width = Math.max(...table.map(([name]) => name.length));
  const left = all.filter(({ sent }) => sent === undefined).length;
  return [
    ...table.map(([name, messages, warnings]) =>
      `${name.padEnd(width)}  ${messages.padStart(8)}  ${warnings.padStart(8)}`.trimEnd(),
    ),
    '',
    ...(left > 0 ? [`${count(left, 'message is', 'messages are')} not sent in your words; the gallery says why.`] : []),
    page,
  ].join('\n');
}

function row(name: string, messages: RenderedTrigger['messages']): string[] {
  const warnings = messages.flatMap(({ findings }) => findings).filter(({ level }) => level === 'warning');
  return [name, String(messages.length), String(warnings.length)];
}
