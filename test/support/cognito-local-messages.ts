import { HttpClient } from './http';
import type { HttpAnswer } from './http';
import { CognitoError } from './cognito-local-internals';
import type { Messages, MessageSource, User, UserPool } from './cognito-local-internals';

/** Where the CustomMessage trigger's Lambda is reached. */
export interface TriggerTarget {
  /** Serves Lambda's Invoke: `POST /2015-03-31/functions/<name>/invocations`. */
  readonly endpoint: string;
  readonly functionName: string;
  /** @default us-east-1 */
  readonly region?: string;
}

/** What reached a person, the code filled in. */
export interface Delivery {
  /** `CustomMessage_UpdateUserAttribute` and its like. */
  readonly source: string;
  readonly userPoolId: string;
  readonly username: string;
  readonly attribute: 'email' | 'phone_number';
  readonly medium: 'EMAIL' | 'SMS';
  readonly destination: string;
  /** The code, or the temporary password. */
  readonly code: string;
  /** Whether the trigger wrote the text; otherwise the pool did. */
  readonly custom: boolean;
  readonly emailSubject?: string;
  readonly emailMessage?: string;
  readonly smsMessage?: string;
}

export interface MessagesOptions {
  readonly poolOf: (userPoolId: string) => Promise<UserPool>;
  readonly target: () => TriggerTarget | undefined;
  readonly deliver: (delivery: Delivery) => void;
  /** How long Cognito waits for the trigger. @default 5000 - as Cognito */
  readonly triggerTimeoutMs?: number;
}

interface Texts {
  emailSubject?: string | null;
  emailMessage?: string | null;
  smsMessage?: string | null;
}

const CODE = '{####}';
const USERNAME = '{username}';
const CHARACTERS = /^[\p{L}\p{M}\p{S}\p{N}\p{P}\s]*$/u;
const LIMITS = { emailSubject: [1, 140], emailMessage: [6, 20_000], smsMessage: [6, 140] } as const;

const fill = (text: string, code: string, username: string): string =>
  text.split(CODE).join(code).split(USERNAME).join(username);

/** Cognito checks what the Lambda wrote: length, characters, and that nobody is left without the code. */
const validate = (texts: Texts, source: MessageSource): void => {
  for (const [field, [min, max]] of Object.entries(LIMITS) as [keyof typeof LIMITS, readonly [number, number]][]) {
    const text = texts[field];
    if (!text) continue;
    const lacksCode =
      field !== 'emailSubject' && (!text.includes(CODE) || (source === 'AdminCreateUser' && !text.includes(USERNAME)));
    if (text.length < min || text.length > max || !CHARACTERS.test(text) || lacksCode)
      throw new CognitoError('InvalidLambdaResponseException', `Invalid lambda trigger response: ${field}`);
  }
};

const poolTexts = (pool: UserPool, source: MessageSource): Required<Texts> => {
  const invite = pool.AdminCreateUserConfig?.InviteMessageTemplate;
  const template = pool.VerificationMessageTemplate;
  if (source === 'AdminCreateUser') {
    const text = `Your username is ${USERNAME} and temporary password is ${CODE}. `;
    return {
      emailSubject: invite?.EmailSubject ?? 'Your temporary password',
      emailMessage: invite?.EmailMessage ?? text,
      smsMessage: invite?.SMSMessage ?? text,
    };
  }
  const text = `Your ${source === 'Authentication' ? 'authentication' : 'verification'} code is ${CODE}. `;
  return {
    emailSubject: template?.EmailSubject ?? pool.EmailVerificationSubject ?? 'Your verification code',
    emailMessage: template?.EmailMessage ?? pool.EmailVerificationMessage ?? text,
    smsMessage:
      (source === 'Authentication' ? pool.SmsAuthenticationMessage : undefined) ??
      template?.SmsMessage ??
      pool.SmsVerificationMessage ??
      text,
  };
};

/**
 * Takes the place of cognito-local's messages service, its CustomMessage trigger and its console sender, which
 * - swallow a trigger that throws (Cognito: the caller's update fails with UserLambdaValidationException);
 * - hand over `""` where Cognito's event holds nulls, and a username parameter where Cognito has none;
 * - fill in the first placeholder only, and read `$&` in a temporary password as a pattern;
 * - deliver nothing readable where the trigger wrote nothing (Cognito: the pool's own message).
 */
export class CollectedMessages implements Messages {
  private readonly http = new HttpClient();

  constructor(private readonly options: MessagesOptions) {}

  async deliver(
    ...[, source, clientId, userPoolId, user, code, clientMetadata, details]: Parameters<Messages['deliver']>
  ) {
    const pool = await this.options.poolOf(userPoolId);
    const target = this.options.target();
    const written = target ? await this.invoke(target, source, clientId, pool, user, clientMetadata) : {};
    const own = poolTexts(pool, source);
    const text = (field: keyof Texts): string => fill(written[field] || own[field]!, code, user.Username);
    const email = details.DeliveryMedium === 'EMAIL';
    this.options.deliver({
      source: `CustomMessage_${source}`,
      userPoolId,
      username: user.Username,
      attribute: details.AttributeName,
      medium: details.DeliveryMedium,
      destination: details.Destination,
      code,
      custom: Boolean(email ? written.emailMessage || written.emailSubject : written.smsMessage),
      ...(email
        ? { emailSubject: text('emailSubject'), emailMessage: text('emailMessage') }
        : { smsMessage: text('smsMessage') }),
    });
  }

  stop(): void {
    this.http.stop();
  }

  private async invoke(
    target: TriggerTarget,
    source: MessageSource,
    clientId: string | null,
    pool: UserPool,
    user: User,
    clientMetadata: Record<string, string> | undefined,
  ): Promise<Texts> {
    const region = target.region ?? 'us-east-1';
    const isInvite = source === 'AdminCreateUser';
    const hasLink = source === 'SignUp' || source === 'ResendCode';
    const answer = await this.post(target, region, {
      version: '1',
      region,
      userPoolId: pool.Id,
      userName: user.Username,
      callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId: clientId ?? 'CLIENT_ID_NOT_APPLICABLE' },
      triggerSource: `CustomMessage_${source}`,
      request: {
        userAttributes: {
          'cognito:user_status': user.UserStatus,
          ...Object.fromEntries(user.Attributes.map(({ Name, Value }) => [Name, Value])),
        },
        codeParameter: CODE,
        linkParameter: hasLink ? '{##Click Here##}' : null,
        usernameParameter: isInvite ? USERNAME : null,
        clientMetadata, // absent where the caller gave none
      },
      response: { smsMessage: null, emailMessage: null, emailSubject: null },
    });
    if (answer.headers['x-amz-function-error']) {
      const { errorMessage } = JSON.parse(answer.body) as { errorMessage?: string };
      throw new CognitoError('UserLambdaValidationException', `CustomMessage failed with error ${errorMessage}.`);
    }
    if (answer.status !== 200)
      throw new CognitoError('UnexpectedLambdaException', `CustomMessage invocation failed: HTTP ${answer.status}.`);
    const { response } = (JSON.parse(answer.body) ?? {}) as { response?: Texts };
    if (!response) throw new CognitoError('InvalidLambdaResponseException', 'Unrecognizable lambda output');
    validate(response, source);
    return response;
  }

  /** Cognito waits five seconds for a trigger, and calls it three times before it gives up. */
  private async post(target: TriggerTarget, region: string, event: object): Promise<HttpAnswer> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.http.send(`${target.endpoint}/2015-03-31/functions/${target.functionName}/invocations`, {
          headers: {
            'content-type': 'application/json',
            // Unsigned; other emulators read the region off the credential's scope.
            authorization: `AWS4-HMAC-SHA256 Credential=local/20260101/${region}/lambda/aws4_request, SignedHeaders=host, Signature=0`,
          },
          body: JSON.stringify(event),
          timeoutMs: this.options.triggerTimeoutMs ?? 5000,
        });
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ETIMEDOUT' && attempt < 3) continue;
        throw new CognitoError(
          'UnexpectedLambdaException',
          'CustomMessage invocation failed due to error Socket timeout while invoking Lambda function.',
        );
      }
    }
  }
}
