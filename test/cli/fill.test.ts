import { fill, SAMPLE_PASSWORD } from '../../cli/preview/fill';
import { parseHtml, readableText } from '../../cli/preview/html';

const of = (source: string) => ({ source: `CustomMessage_${source}`, userName: 'zoe' });

test('the code goes into every place, the link becomes one', () => {
  const texts = {
    emailSubject: '{####}',
    emailMessage: '<p>{####} {##Verify me##} {####}</p>',
    smsMessage: 'Code {####}',
  };
  expect(fill(texts, of('SignUp'))).toEqual({
    emailSubject: '{####}', // Cognito fills no subject
    emailMessage: '<p>482913 <a href="#">Verify me</a> 482913</p>',
    smsMessage: 'Code 482913',
  });
});

test('an invitation gets a name and a password, neither escaped', () => {
  const { emailMessage } = fill({ emailMessage: '<b>{username}</b><b>{####}</b>' }, of('AdminCreateUser'));
  expect(emailMessage).toBe(`<b>zoe</b><b>${SAMPLE_PASSWORD}</b>`);
  // Awkward, and still to be read as it is.
  expect(readableText(parseHtml(emailMessage!))).toBe(`zoe${SAMPLE_PASSWORD}`);
});
