import { smsFacts } from '../../cli/preview/sms';

test.each([
  ['a plain text', 'a'.repeat(140), { encoding: 'GSM-7', segments: 1, units: 140 }],
  ['umlauts and accents of GSM-7', 'äöüßéàñ', { encoding: 'GSM-7', segments: 1, units: 7 }],
  ['an escaped character counts twice', '€[]', { encoding: 'GSM-7', segments: 1, units: 6 }],
  ['140 escaped characters', '€'.repeat(140), { encoding: 'GSM-7', segments: 2, units: 280 }],
  ['70 characters of another alphabet', 'я'.repeat(70), { encoding: 'UCS-2', segments: 1, units: 70 }],
  ['71 of them', 'я'.repeat(71), { encoding: 'UCS-2', segments: 2, units: 71 }],
  ['140 of them', 'я'.repeat(140), { encoding: 'UCS-2', segments: 3, units: 140 }],
  ['an emoji is two units', 'ok 👍', { encoding: 'UCS-2', segments: 1, units: 5, foreign: ['👍'] }],
  ['two units stay together', `${'a'.repeat(66)}👍${'a'.repeat(67)}`, { encoding: 'UCS-2', segments: 3, units: 135 }],
])('%s', (_, text, facts) => {
  expect(smsFacts(text)).toMatchObject(facts);
});
