import { isDeepStrictEqual } from 'node:util';
import { type DefaultTreeAdapterMap, parseFragment, parse } from 'parse5';
import type { Rendering } from '../../../../lambda/message/messages';
import {
  CHANNEL_PARTS,
  MAX_VALUE_LENGTH,
  MESSAGE_CHANNELS,
  MESSAGE_LIMITS,
  MESSAGE_SOURCES,
  type MessagePart,
  METRICS,
  REASONS,
} from '../../../../lib/private/contracts/message';
import type { Piece, Value } from '../../../../lib/private/message/pieces';
import { linksIn } from './linkifiers';
import { COMPILED, type CompiledText, TEXT_KEY } from './messages-folder';

/** What a handler has made of an event, and all that it has written meanwhile. */
export interface Outcome {
  readonly answer: unknown;
  readonly rendering: Rendering;
  /** What the console was given, and each line of metrics. */
  readonly lines: readonly unknown[];
}

interface Event {
  readonly triggerSource: string;
  readonly userPoolId: string;
  readonly userName: unknown;
  readonly request: Readonly<Record<string, unknown>>;
}

/**
 * All the harm that an outcome does; nothing, where values are values and no more. It knows the text and what its values
 * are, not how the function treats them.
 *
 * @param before the event as it was
 */
export function harmOf(event: unknown, before: unknown, { answer, rendering, lines }: Outcome): string[] {
  return [
    ...(isDeepStrictEqual(event, before) ? [] : ['the event was changed']),
    ...answerHarm(event, answer, rendering),
    ...messageHarm(event, rendering),
    ...lines.flatMap((line) => lineHarm(line, event)),
  ];
}

/** The harm that the messages do by themselves. */
export const messageHarm = (event: unknown, rendering: Rendering): string[] => [
  ...wholeness(event, rendering),
  ...partsOf(rendering).flatMap(([part, text]) => partHarm(part, text, event as Event)),
];

/** For one case at a time. */
export function expectHarmless(event: unknown, before: unknown, outcome: Outcome): void {
  expect(harmOf(event, before, outcome)).toEqual([]);
}

const RESPONSE_PARTS = { emailSubject: 'subject', emailMessage: 'html', smsMessage: 'sms' } as const;

const partsOf = (rendering: Rendering): [MessagePart, string][] =>
  Object.entries(RESPONSE_PARTS).flatMap(([name, part]): [MessagePart, string][] => {
    const text = rendering[name as keyof typeof RESPONSE_PARTS];
    return text === undefined ? [] : [[part, text]];
  });

/** The event itself, or a copy in which the response alone is another. */
function answerHarm(event: unknown, answer: unknown, rendering: Rendering): string[] {
  const rendered = Object.fromEntries(
    Object.keys(RESPONSE_PARTS).flatMap((name) =>
      name in rendering ? [[name, rendering[name as 'emailSubject']]] : [],
    ),
  );
  if (Object.keys(rendered).length === 0)
    return Object.is(answer, event) ? [] : ['an event without a message did not come back as it was'];
  const { response: given, ...rest } = event as Record<string, unknown>;
  const { response, ...others } = answer as Record<string, unknown>;
  const kept = given !== null && typeof given === 'object' ? given : {};
  return [
    ...(isDeepStrictEqual({ ...rest }, { ...others }) ? [] : ['more than the response was changed']),
    ...(isDeepStrictEqual(response, { ...kept, ...rendered }) ? [] : ['the response is not what was rendered']),
  ];
}

/** Each channel comes out whole, or is left to Cognito with a reason. */
function wholeness(event: unknown, { emailSubject, emailMessage, smsMessage, defaults }: Rendering): string[] {
  const harm: string[] = [];
  if ((emailSubject === undefined) !== (emailMessage === undefined)) harm.push('half an e-mail came out');
  const rendered = { email: emailMessage !== undefined, sms: smsMessage !== undefined };
  const left = defaults.map(({ channel }) => channel);
  for (const { reason } of defaults) if (!REASONS.includes(reason)) harm.push(`an unknown reason ${reason}`);
  if (textOf(event) === undefined) {
    if (rendered.email || rendered.sms) harm.push('a message came out of no text');
    if (defaults.length === 0) harm.push('no message and no reason');
  } else {
    for (const channel of MESSAGE_CHANNELS) {
      const times = left.filter((other) => other === channel).length + Number(rendered[channel]);
      if (times !== 1) harm.push(`${channel} came out or was left ${times} times`);
    }
  }
  return harm;
}

/** The text that the event asks for. */
export function textOf(event: unknown): CompiledText | undefined {
  const { triggerSource, request } = Object(event) as Event;
  const name = ownText(Object(Object(request).clientMetadata), TEXT_KEY);
  return COMPILED.find((text) => text.source === triggerSource && text.name === name);
}

function ownText(values: object, key: string): unknown {
  return Object.hasOwn(values, key) ? (values as Record<string, unknown>)[key] : undefined;
}

/** Whether there is something to read: a section asks for no more. */
function isThere({ variable }: Pick<Value, 'variable'>, event: Event): boolean {
  let value: unknown;
  if (variable.kind === 'username') value = event.userName;
  else if ('key' in variable) value = ownText(Object(event.request[variable.kind]), variable.key);
  return typeof value === 'string' && value.length <= MAX_VALUE_LENGTH && /[\p{L}\p{S}\p{N}\p{P}]/u.test(value);
}

/** A letter that makes no tag, no entity, no placeholder and no address of what stands around it. */
const LETTER = '\u00E9';

const PARAMETERS = { code: 'codeParameter', username: 'usernameParameter', link: 'linkParameter' } as const;

/** The text with a letter for each value, as anybody could write it: whatever values do, they must change nothing but themselves. */
interface Expected {
  /** What stands between the values. */
  readonly literals: readonly string[];
  readonly placeholders: readonly string[];
}

function expectedOf(part: MessagePart, event: Event): Expected {
  const literals = [''];
  const placeholders: string[] = [];
  const walk = (pieces: readonly Piece[]): void => {
    for (const piece of pieces) {
      if (piece.kind === 'literal') literals[literals.length - 1] += piece.text;
      else if (piece.kind !== 'value') {
        if (isThere(piece, event) === (piece.kind === 'if')) walk(piece.pieces);
      } else if (isPlaceholder(piece, event)) {
        const text = event.request[PARAMETERS[piece.variable.kind as 'code']] as string;
        literals[literals.length - 1] += text;
        placeholders.push(text);
      } else literals.push('');
    }
  };
  walk(textOf(event)!.pieces[part]);
  return { literals, placeholders };
}

const isPlaceholder = ({ variable: { kind } }: Value, { triggerSource }: Event): boolean =>
  kind === 'code' || kind === 'link' || (kind === 'username' && triggerSource === 'CustomMessage_AdminCreateUser');

function partHarm(part: MessagePart, text: string, event: Event): string[] {
  const { literals, placeholders } = expectedOf(part, event);
  const sound = literals.join(LETTER);
  return [
    ...placeholderHarm(text, sound, placeholders),
    ...(/[^\p{L}\p{M}\p{S}\p{N}\p{P}\t\n\v\f\r ]/u.test(text) ? ['a character that Cognito refuses'] : []),
    ...(count(text, /[\n\v\f\r\u0085\u2028\u2029]/g) === count(sound, /[\n\v\f\r\u0085\u2028\u2029]/g)
      ? []
      : ['a line break']),
    ...(part === 'subject' && /=\?/.test(text) ? ['an encoded word'] : []),
    ...(text.length < MESSAGE_LIMITS[part].min || text.length > MESSAGE_LIMITS[part].max ? ['a length'] : []),
    ...(part === 'html' ? htmlHarm(text, literals, event) : plainHarm(text, literals, event)),
  ].map((harm) => `${part}: ${harm}`);
}

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

/** As many placeholders as declared, and nothing that Cognito, or a later Cognito, could take for one. */
function placeholderHarm(text: string, sound: string, placeholders: readonly string[]): string[] {
  const harm: string[] = [];
  for (const placeholder of new Set(placeholders)) {
    const wanted = placeholders.filter((other) => other === placeholder).length;
    if (text.split(placeholder).length - 1 !== wanted) harm.push(`not ${wanted} times ${placeholder}`);
  }
  if (
    /\{##|\{\s*username\s*\}/i.test(
      placeholders.reduce((rest, placeholder) => rest.replaceAll(placeholder, '\0'), text),
    )
  ) {
    harm.push('a placeholder of a stranger’s');
  }
  for (const brace of ['{', '}']) {
    if (text.split(brace).length !== sound.split(brace).length) harm.push(`a ${brace} of a stranger’s`);
  }
  return harm;
}

/** What Cognito puts in, at its worst: a temporary password may be any letters. */
function delivered(text: string, event: Event): string {
  const { codeParameter, usernameParameter, linkParameter } = event.request;
  const fillings: [unknown, string][] = [
    [linkParameter, '<a href="https://auth.example.com/confirm?x=1&amp;y=2">click</a>'],
    [codeParameter, 'com'],
    [usernameParameter, 'alice'],
  ];
  return fillings.reduce(
    (filled, [parameter, filling]) =>
      typeof parameter === 'string' && /^\{.*\}$/.test(parameter) ? filled.replaceAll(parameter, filling) : filled,
    text,
  );
}

function plainHarm(text: string, literals: readonly string[], event: Event): string[] {
  const soundText = delivered(literals.join(' '), event);
  const { own } = known(soundText, () => ({ own: linksIn(soundText) }));
  return [...strangersLinks(linksIn(delivered(text, event)), own), ...literalHarm(text, literals)];
}

const strangersLinks = (links: readonly string[], own: readonly string[]): string[] =>
  links.filter((link) => !own.includes(link)).map((link) => `a link ${JSON.stringify(link)}`);

/** What the author has written stands there in its order, from the beginning to the end. */
function literalHarm(text: string, literals: readonly string[]): string[] {
  const [first, last] = [literals[0], literals[literals.length - 1]];
  let position = first.length;
  for (const literal of literals.slice(1, -1)) {
    const found = text.indexOf(literal, position);
    if (found < 0) return ['the author’s words are not what they were'];
    position = found + literal.length;
  }
  const fits =
    text.startsWith(first) && text.endsWith(last) && position <= text.length - (literals.length > 1 ? last.length : 0);
  return fits && (literals.length > 1 || text === first) ? [] : ['the author’s words are not what they were'];
}

type Node = DefaultTreeAdapterMap['node'];

function htmlHarm(text: string, literals: readonly string[], event: Event): string[] {
  const soundHtml = delivered(literals.join(LETTER), event);
  const tree = treeOf(delivered(text, event));
  const sound = known(soundHtml, () => {
    const soundTree = treeOf(soundHtml);
    const own = treeOf(delivered(literals.join(' '), event));
    return { skeleton: skeletonOf(soundTree), words: wordsOf(soundTree).split(LETTER), own: linksOf(own) };
  });
  return [
    ...(isDeepStrictEqual(skeletonOf(tree), sound.skeleton) ? [] : ['another structure']),
    ...strangersLinks(linksOf(tree), sound.own),
    ...literalHarm(wordsOf(tree), sound.words),
  ];
}

const KNOWN = new Map<string, unknown>();

/** There are few texts and many values. */
function known<Sound>(text: string, make: () => Sound): Sound {
  const found = (KNOWN.get(text) as Sound | undefined) ?? make();
  KNOWN.set(text, found);
  return found;
}

const treeOf = (html: string): Node => (/^<!doctype/i.test(html) ? parse(html) : parseFragment(html));

/** All but the words: elements, attributes and their values, comments, and where text stands. */
function skeletonOf(node: Node): unknown {
  if (node.nodeName === '#text') return '#text';
  if (node.nodeName === '#comment') return (node as DefaultTreeAdapterMap['commentNode']).data;
  const { attrs = [] } = node as DefaultTreeAdapterMap['element'];
  const children = 'childNodes' in node ? node.childNodes.map(skeletonOf) : [];
  return [node.nodeName, attrs.map(({ name, value }) => [name, value]), children];
}

const textsOf = (node: Node): string[] => {
  if (node.nodeName === '#text') return [(node as DefaultTreeAdapterMap['textNode']).value];
  return 'childNodes' in node ? node.childNodes.flatMap(textsOf) : [];
};

const wordsOf = (node: Node): string => textsOf(node).join('');

const INLINE = ['#text', '#comment', 'a', 'b', 'i', 'wbr', 'o:p', 'text'];

/** As a reader, or a client that looks for addresses across tags, sees it: what a tag does not part belongs together. */
const flatOf = (node: Node): string => {
  if (node.nodeName === '#text') return (node as DefaultTreeAdapterMap['textNode']).value;
  if (node.nodeName === 'style' || !('childNodes' in node)) return INLINE.includes(node.nodeName) ? '' : '\n';
  const inner = node.childNodes.map(flatOf).join('');
  return INLINE.includes(node.nodeName) ? inner : `\n${inner}\n`;
};

const linksOf = (tree: Node): string[] => [...new Set([...textsOf(tree), flatOf(tree)])].flatMap(linksIn);

/** All that may be said: names of ours and of the author's, and numbers. No value is among them. */
const SAYABLE = new Set<unknown>([
  ...REASONS,
  ...MESSAGE_SOURCES,
  ...MESSAGE_CHANNELS,
  ...Object.values(CHANNEL_PARTS).flat(),
  ...Object.values(METRICS),
  ...['clientMetadata.a', 'clientMetadata.b', 'userAttributes.custom:c', 'username', 'code', 'link'],
  ...['a', 'b', 'lang', TEXT_KEY],
  ...['message', 'source', 'defaults', 'refusedMetadata', 'channel', 'part', 'reason', 'variable', 'error', 'unknown'],
  ...['Cognito sends its own message', 'A value of ClientMetadata breaks its rule'],
  ...[
    '_aws',
    'Timestamp',
    'CloudWatchMetrics',
    'Namespace',
    'Dimensions',
    'Metrics',
    'Name',
    'Unit',
    'Count',
    'service',
  ],
  ...['Error', 'TypeError'],
]);

function lineHarm(line: unknown, event: unknown): string[] {
  const { userPoolId } = Object(event) as Event;
  const isPool = typeof userPoolId === 'string' && /^[\w-]+_[0-9a-zA-Z]+$/.test(userPoolId);
  return unsayable(line, (word) => SAYABLE.has(word) || (isPool && word === userPoolId));
}

function unsayable(said: unknown, may: (word: unknown) => boolean): string[] {
  if (typeof said === 'number' && Number.isFinite(said)) return [];
  if (typeof said === 'object' && said !== null) {
    const words = Array.isArray(said) ? said : Object.entries(said).flat();
    return words.flatMap((word) => unsayable(word, may));
  }
  return may(said) ? [] : [`a line says ${JSON.stringify(said)?.slice(0, 80)}`];
}
