import { selectTemplate } from '../../../lambda/message/select';
import type { MessageTemplateWire } from '../../../lib/private/contracts/message';

const template = (
  sms: string,
  when: Record<string, string> = {},
  source = 'CustomMessage_SignUp',
): MessageTemplateWire => ({
  source,
  when,
  sms,
});

const select = (templates: MessageTemplateWire[], metadata: Record<string, unknown> = {}) =>
  selectTemplate(templates, 'CustomMessage_SignUp', metadata)?.sms;

test('a template without conditions is for whatever metadata', () => {
  expect(select([template('any')])).toBe('any');
  expect(select([template('any')], { campaign: 'blue' })).toBe('any');
});

test('a template of another source is not for this one', () => {
  expect(select([template('other', {}, 'CustomMessage_ResendCode')])).toBeUndefined();
});

test('every condition must be met', () => {
  const both = [template('both', { campaign: 'blue', tier: 'gold' })];
  expect(select(both, { campaign: 'blue', tier: 'gold', more: 'x' })).toBe('both');
  expect(select(both, { campaign: 'blue' })).toBeUndefined();
  expect(select(both, { campaign: 'blue', tier: 'Gold' })).toBeUndefined();
});

test('the template that asks for most is used, wherever it is declared', () => {
  const templates = [template('any'), template('two', { a: '1', b: '2' }), template('one', { a: '1' })];
  expect(select(templates, { a: '1', b: '2' })).toBe('two');
  expect(select([...templates].reverse(), { a: '1', b: '2' })).toBe('two');
  expect(select(templates, { a: '1' })).toBe('one');
  expect(select(templates, { b: '2' })).toBe('any');
});

test('of two that tie, the one declared first is used', () => {
  expect(select([template('first', { a: '1' }), template('second', { b: '1' })], { a: '1', b: '1' })).toBe('first');
});

test('an inherited property is not metadata', () => {
  const metadata = Object.create({ campaign: 'blue' }) as Record<string, unknown>;
  expect(select([template('blue', { campaign: 'blue' })], metadata)).toBeUndefined();
});

test('metadata that is no string meets no condition', () => {
  expect(select([template('one', { a: '1' })], { a: 1 })).toBeUndefined();
  expect(select([template('one', { a: '1' })], { a: ['1'] })).toBeUndefined();
});
