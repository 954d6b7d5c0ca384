import { type ApiWire, CONTACTS, type Operation } from '../../lib/private/contracts/api';
import { readChange, readCode, readMetadata } from './body';
import type { Cognito } from './cognito';
import { Problem } from './problem';
import type { ApiRequest } from './request';

export interface Outcome {
  readonly status: number;
  readonly body?: object;
  readonly changedAttributes?: number;
  readonly sentCodes?: number;
}

type Carry = (definition: ApiWire, cognito: Cognito, request: ApiRequest) => Promise<Outcome>;

const read: Carry = async ({ readable }, cognito, { accessToken }) => {
  const all = await cognito.read(accessToken);
  const shown = readable.filter((name) => Object.hasOwn(all, name));
  return { status: 200, body: { attributes: Object.fromEntries(shown.map((name) => [name, all[name]])) } };
};

const change: Carry = async (definition, cognito, { accessToken, body, locale }) => {
  const { attributes, clientMetadata } = readChange(definition, body, locale);
  const count = Object.keys(attributes).length;
  // An empty patch changes nothing, and Cognito would refuse it.
  const codesSent = count === 0 ? [] : await cognito.update(accessToken, attributes, clientMetadata);
  return { status: 200, body: { codesSent }, changedAttributes: count, sentCodes: codesSent.length };
};

const sendCode: Carry = async (definition, cognito, { accessToken, name, body, locale }) => {
  insist(definition, name, CONTACTS.includes(name));
  const codesSent = await cognito.sendCode(accessToken, name, readMetadata(definition, body, locale));
  return { status: 202, body: { codesSent }, sentCodes: codesSent.length };
};

const confirm: Carry = async (definition, cognito, { accessToken, name, body }) => {
  insist(definition, name, CONTACTS.includes(name));
  await cognito.confirm(accessToken, name, readCode(body));
  return { status: 204 };
};

const remove: Carry = async (definition, cognito, { accessToken, name }) => {
  insist(definition, name);
  if (definition.writable[name].required) throw new Problem('not-permitted', 'This attribute cannot be deleted.');
  await cognito.delete(accessToken, name);
  return { status: 204, changedAttributes: 1 };
};

/** What is not listed is not there. */
function insist({ writable }: ApiWire, name: string, fits = true): void {
  if (!fits || !Object.hasOwn(writable, name)) throw new Problem('no-such-attribute');
}

const CARRY: Readonly<Record<Operation, Carry>> = { read, change, sendCode, confirm, remove };

export const carryOut: Carry = (definition, cognito, request) => CARRY[request.operation](definition, cognito, request);
