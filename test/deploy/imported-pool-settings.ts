/** By name, in MiniStack's account and Region. */
export const lambda = (name: string): string => `arn:aws:lambda:us-east-1:000000000000:function:${name}`;

/** What another team has set in a console, in Terraform, in another app: something of everything. */
export const settingsOf = (userPoolId: string, CustomMessage?: string): Record<string, any> => ({
  Id: userPoolId,
  Arn: `arn:aws:cognito-idp:us-east-1:000000000000:userpool/${userPoolId}`,
  Name: 'people of another team',
  Status: 'Enabled',
  CreationDate: 1_700_000_000.123,
  LastModifiedDate: 1_700_000_001.456,
  EstimatedNumberOfUsers: 2,
  Policies: {
    PasswordPolicy: {
      MinimumLength: 14,
      RequireUppercase: true,
      RequireLowercase: true,
      RequireNumbers: true,
      RequireSymbols: false,
      PasswordHistorySize: 5,
      TemporaryPasswordValidityDays: 3,
    },
    SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'] },
  },
  DeletionProtection: 'ACTIVE',
  SchemaAttributes: [
    { Name: 'sub', AttributeDataType: 'String', Mutable: false, Required: true },
    { Name: 'email', AttributeDataType: 'String', Mutable: true, Required: true },
    {
      Name: 'custom:plan',
      AttributeDataType: 'String',
      Mutable: true,
      Required: false,
      StringAttributeConstraints: { MinLength: '0', MaxLength: '20' },
    },
  ],
  UsernameConfiguration: { CaseSensitive: false },
  AliasAttributes: ['email'],
  AutoVerifiedAttributes: ['email'],
  UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: [] },
  VerificationMessageTemplate: {
    DefaultEmailOption: 'CONFIRM_WITH_CODE',
    EmailSubject: 'Blue Harbour: your code',
    EmailMessage: 'Here it is: {####}',
    EmailSubjectByLink: 'Blue Harbour: your link',
    EmailMessageByLink: 'Here it is: {##link##}',
    SmsMessage: 'Blue Harbour: {####}',
  },
  EmailVerificationSubject: 'Blue Harbour: your code',
  EmailVerificationMessage: 'Here it is: {####}',
  SmsVerificationMessage: 'Blue Harbour: {####}',
  SmsAuthenticationMessage: 'Sign in with {####}',
  MfaConfiguration: 'OPTIONAL',
  DeviceConfiguration: { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: false },
  EmailConfiguration: {
    EmailSendingAccount: 'DEVELOPER',
    SourceArn: 'arn:aws:ses:eu-west-1:000000000000:identity/example.com',
    From: 'Blue Harbour <harbour@example.com>',
    ReplyToEmailAddress: 'help@example.com',
    ConfigurationSet: 'people',
  },
  SmsConfiguration: {
    SnsCallerArn: 'arn:aws:iam::000000000000:role/sms',
    ExternalId: 'harbour',
    SnsRegion: 'us-east-1',
  },
  UserPoolTags: { team: 'identity', 'cost-center': '42' },
  AdminCreateUserConfig: {
    AllowAdminCreateUserOnly: true,
    InviteMessageTemplate: {
      EmailSubject: 'Welcome',
      EmailMessage: '{username} {####}',
      SMSMessage: '{username} {####}',
    },
  },
  UserPoolAddOns: {
    AdvancedSecurityMode: 'ENFORCED',
    AdvancedSecurityAdditionalFlows: { CustomAuthMode: 'AUDIT' },
  },
  AccountRecoverySetting: {
    RecoveryMechanisms: [
      { Priority: 1, Name: 'verified_email' },
      { Priority: 2, Name: 'verified_phone_number' },
    ],
  },
  UserPoolTier: 'PLUS',
  LambdaConfig: {
    PreSignUp: lambda('sign-up'),
    PostConfirmation: lambda('confirmed'),
    PreTokenGeneration: lambda('tokens'),
    PreTokenGenerationConfig: { LambdaArn: lambda('tokens'), LambdaVersion: 'V2_0' },
    KMSKeyID: 'arn:aws:kms:us-east-1:000000000000:key/some',
    ...(CustomMessage && { CustomMessage }),
  },
  // No SDK knows it.
  FutureSetting: { mode: 'ON', of: ['next', 'year'] },
});
