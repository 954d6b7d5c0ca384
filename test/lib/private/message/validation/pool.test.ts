import { App, Stack, Token } from 'aws-cdk-lib';
import { CfnUserPool } from 'aws-cdk-lib/aws-cognito';
import { CustomMessageSource, MetadataKey } from '../../../../../lib';
import { linkFindings } from '../../../../../lib/private/message/validation/pool';
import { messageWarnings } from '../../../../../lib/private/message/validation/warnings';
import { type Declared, readDeclared } from '../read-declaration';

const pool = (props: ConstructorParameters<typeof CfnUserPool>[2] = {}): CfnUserPool =>
  new CfnUserPool(new Stack(new App()), 'Pool', props);

const BY_LINK = { verificationMessageTemplate: { defaultEmailOption: 'CONFIRM_WITH_LINK' } };
const SES = { emailConfiguration: { emailSendingAccount: 'DEVELOPER' } };

const found = (declared: Declared, of: CfnUserPool): string[] => linkFindings(readDeclared(declared).messages, of);

const warned = (declared: Declared, of: CfnUserPool): Record<string, string> => {
  const { messages } = readDeclared(declared);
  const metadata = declared.metadata ?? [MetadataKey.of('tier')];
  const declaration = { directory: { templates: [], partials: () => () => ({ known: '' }), findings: [] }, variants: {}, inline: [] };
  return Object.fromEntries(messageWarnings(messages, { ...declaration, ...declared, inline: [], metadata, variants: {} }, of));
}; // prettier-ignore

const link = { subject: 'Hi', html: '<p>\n{{link}}</p>' };
const code = { subject: 'Hi', html: '{{code}}' };

describe('a link', () => {
  test('stands for nothing on a pool that verifies by a code', () => {
    const files = { 'sign-up/subject.txt': 'Hi', 'sign-up/body.html': '\n<p>{{link}}</p>' };
    for (const props of [{}, { verificationMessageTemplate: { defaultEmailOption: 'CONFIRM_WITH_CODE' } }]) {
      expect(found({ files, inline: [{ ...link, source: CustomMessageSource.RESEND_CODE }] }, pool(props)).map((finding) => finding.replace(/^.*\/sign-up/, ''))).toEqual([
        '/body.html:2: the user pool verifies by a code, and {{link}} stands for nothing: write {{code}}, or set the emailStyle of userVerification to LINK',
        'CustomMessage_ResendCode, for any ClientMetadata, html line 2: the user pool verifies by a code, and {{link}} stands for nothing: write {{code}}, or set the emailStyle of userVerification to LINK',
      ]);
    } // prettier-ignore
  });

  test.each([
    ['verifies by one', BY_LINK],
    ['decides that at deployment', { verificationMessageTemplate: Token.asAny({ Ref: 'Template' }) }],
    ['decides its option at deployment', { verificationMessageTemplate: { defaultEmailOption: Token.asString({ Ref: 'Option' }) } }],
  ])('is right on a pool that %s', (_, props) => expect(found({ inline: [link] }, pool(props as never))).toEqual([])); // prettier-ignore
});

test('a sound declaration has no warning', () => {
  expect(warned({ inline: [code] }, pool(SES))).toEqual({});
  expect(warned({ inline: [{ sms: '{{code}}' }] }, pool())).toEqual({});
  expect(warned({ inline: [link] }, pool({ ...SES, ...BY_LINK }))).toEqual({});
});

test('a code where the pool verifies by a link is warned of, for the messages that Cognito offers links for', () => {
  const inline = [
    { ...code, locale: 'de' },
    { ...code, source: CustomMessageSource.FORGOT_PASSWORD },
    { subject: 'Hi', html: '{{link}} {{code}}' },
    { sms: '{{code}}', source: CustomMessageSource.RESEND_CODE },
  ];
  expect(warned({ inline }, pool({ ...SES, ...BY_LINK }))).toEqual({
    codeInPlaceOfLink:
      'the user pool verifies by a link, and Cognito may refuse an e-mail without one: write {{link}} (CustomMessage_SignUp, for any ClientMetadata, de)',
  });
});

test('e-mails through Cognito’s own sender are warned of', () => {
  for (const props of [{}, { emailConfiguration: { emailSendingAccount: 'COGNITO_DEFAULT' } }]) {
    expect(warned({ inline: [code] }, pool(props))).toEqual({
      customEmailWithoutSes: expect.stringContaining('UserPoolEmail.withSES'),
    });
  }
});

test('texts that may get too long are warned of, each with its length', () => {
  const inline = [{ sms: `${'x'.repeat(100)}{{code}}{{clientMetadata.tier}}` }];
  expect(warned({ inline, metadata: [MetadataKey.of('tier', { maxLength: 40 })] }, pool())).toEqual({
    messageMayBeTooLong: expect.stringMatching(
      /shorten the texts, or allow shorter values \(CustomMessage_SignUp, for any ClientMetadata, sms: up to 146 characters\)$/,
    ),
  });
});

test('variants without texts for everybody are warned of', () => {
  const inline = [{ sms: '{{code}}', locale: 'de' }];
  expect(warned({ inline }, pool())).toEqual({
    noDefaultLocale:
      "users of other languages would get Cognito's own words: add texts in the defaultLocale or without a locale (CustomMessage_SignUp, for any ClientMetadata, de)",
  });
  expect(warned({ inline, defaultLocale: 'de-AT' }, pool())).toEqual({});
});
