/**
 * What CustomMessageTrigger asks of the function that attaches it to an imported pool. Two custom resources a pool: the one
 * looks what is there before anything is changed, and keeps it in its physical id; the other attaches. So a request that comes
 * twice never takes the trigger itself for what was there before.
 */
import { flag, malformed, oneOf, present, record, roleArn, text } from './fields';

/** The metric, beside those of the messages, that counts triggers that were gone. */
export const REATTACHED_TRIGGERS = 'ReattachedTriggers';

/** What both resources tell. */
export interface PoolTrigger {
  readonly userPoolId: string;
  /** The role as which Cognito is asked; the function's own unless there is one. */
  readonly poolRoleArn?: string;
  readonly functionArn: string;
  /** Whether another function gives way. */
  readonly displaceExisting: boolean;
}

export interface Look extends PoolTrigger {
  readonly step: 'LOOK';
}

export interface Attachment extends PoolTrigger {
  readonly step: 'ATTACH';
  /** The function that the pool had before. */
  readonly formerArn: string | undefined;
  /** The role through which the pool sends SMS. */
  readonly smsRoleArn: string | undefined;
}

export const POOL_TRIGGER_STEPS = ['LOOK', 'ATTACH'] as const;

interface PoolTriggerWire {
  readonly Step: (typeof POOL_TRIGGER_STEPS)[number];
  readonly UserPoolId: string;
  readonly PoolRoleArn?: string;
  readonly FunctionArn: string;
  readonly DisplaceExisting: string;
  /** The physical id of the resource that looks. */
  readonly Former?: string;
  readonly SmsRoleArn?: string;
  /** For CloudFormation alone: another one makes it ask. */
  readonly StackDigest?: string;
}

const encode = (
  step: PoolTriggerWire['Step'],
  { userPoolId, poolRoleArn, functionArn, displaceExisting }: PoolTrigger,
): PoolTriggerWire =>
  present({
    Step: step,
    UserPoolId: userPoolId,
    PoolRoleArn: poolRoleArn,
    FunctionArn: functionArn,
    DisplaceExisting: String(displaceExisting),
  });

export const encodeLook = (trigger: PoolTrigger): PoolTriggerWire => encode('LOOK', trigger);

/** @param former the reference to the resource that looks */
export const encodeAttachment = (
  trigger: PoolTrigger,
  { former, smsRoleArn }: { readonly former: string; readonly smsRoleArn?: string },
): PoolTriggerWire => present({ ...encode('ATTACH', trigger), Former: former, SmsRoleArn: smsRoleArn });

/** @throws MalformedProperties by the field's name */
export const decode = (properties: unknown): Look | Attachment => {
  const wire = record(properties, 'properties');
  const step = oneOf(wire.Step, POOL_TRIGGER_STEPS, 'Step');
  const trigger = present({
    userPoolId: text(wire.UserPoolId, 'UserPoolId'),
    poolRoleArn: wire.PoolRoleArn === undefined ? undefined : roleArn(wire.PoolRoleArn, 'PoolRoleArn'),
    functionArn: text(wire.FunctionArn, 'FunctionArn'),
    displaceExisting: flag(wire.DisplaceExisting, 'DisplaceExisting'),
  });
  if (step === 'LOOK') return { step, ...trigger };
  return {
    step,
    ...trigger,
    formerArn: decodeFormer(text(wire.Former, 'Former')).formerArn,
    smsRoleArn: wire.SmsRoleArn === undefined ? undefined : text(wire.SmsRoleArn, 'SmsRoleArn'),
  };
};

/** What a look has found. */
export interface Former {
  readonly userPoolId: string;
  readonly formerArn: string | undefined;
  /** The same of the pool before, to which a deployment that fails returns. */
  readonly previous?: Omit<Former, 'previous'>;
}

/** CloudFormation takes so many bytes of a physical id. */
const LONGEST_ID = 1024;

/**
 * A physical id: neither ids of pools nor ARNs of functions hold a slash or a bar.
 *
 * @returns undefined where it would be too long
 */
export const encodeFormer = ({ previous, ...former }: Former): string | undefined => {
  const id = [former, ...(previous ? [previous] : [])]
    .map(({ userPoolId, formerArn = '' }) => `${userPoolId}/${formerArn}`)
    .join('|');
  return Buffer.byteLength(id) <= LONGEST_ID ? id : undefined;
};

export const decodeFormer = (id: string): Former => {
  const [former, previous] = id.split('|').map((part) => {
    const [userPoolId, formerArn, ...rest] = part.split('/');
    if (formerArn === undefined || rest.length > 0) throw malformed('Former', 'a pool and the function that it had');
    return { userPoolId, formerArn: formerArn === '' ? undefined : formerArn };
  });
  return previous ? { ...former, previous } : former;
};
