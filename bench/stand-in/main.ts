/**
 * Cognito as far as a seeder needs it, in a process of its own, so that it shares no event loop with who is measured: users in
 * memory, an answer after 30 ms, and a quota for each category.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { categoryOf, type QuotaCategory } from '../../test/support/cognito-quota';
import { listen, readBody } from '../../test/support/http';
import type { Answer, Request, Setting } from './messages';
import { Quota, randomOf } from './quota';
import { declaredOf, usernameOf } from './users';

const LATENCY = 30;
/** Cognito's own quotas of what is not measured. */
const READS = { UserRead: 120, UserList: 30 };

type User = Map<string, string>;
type Attribute = { readonly Name: string; readonly Value?: string };
interface Call {
  readonly Username?: string;
  readonly UserAttributes?: readonly Attribute[];
  readonly UserAttributeNames?: readonly string[];
  readonly Limit?: number;
  readonly PaginationToken?: string;
}

let setting: Setting = { users: 0, quota: 0, othersPerSecond: 0, throttleStatus: 429 };
let users = new Map<string, User>();
let quotas: Partial<Record<QuotaCategory, Quota>> = {};

const reset = (next: Setting): void => {
  setting = next;
  users = new Map(Array.from({ length: next.users }, (_, user) => [usernameOf(user), new Map()]));
  const quota = (rate: number, others = 0) => new Quota(rate, others, randomOf(next.quota), performance.now());
  quotas = {
    UserUpdate: quota(next.quota, next.othersPerSecond),
    UserRead: quota(READS.UserRead),
    UserList: quota(READS.UserList),
  };
};

const right = (): number =>
  Array.from({ length: setting.users }, (_, user) => user).filter((user) =>
    Object.entries(declaredOf(user)).every(([name, value]) => users.get(usernameOf(user))?.get(name) === value),
  ).length;

class Refusal extends Error {
  constructor(
    readonly type: string,
    readonly status = 400,
  ) {
    super(type);
  }
}

const shown = (username: string, attributes: User, key: 'Attributes' | 'UserAttributes') => ({
  Username: username,
  UserStatus: 'CONFIRMED',
  Enabled: true,
  [key]: [...attributes].map(([Name, Value]) => ({ Name, Value })),
});

const carryOut = (operation: string, call: Call): object => {
  if (operation === 'ListUsers') {
    const from = Number(call.PaginationToken ?? 0);
    const to = from + Math.min(60, call.Limit ?? 60);
    const page = [...users].slice(from, to).map(([username, attributes]) => shown(username, attributes, 'Attributes'));
    return { Users: page, ...(to < users.size && { PaginationToken: String(to) }) };
  }
  const user = users.get(call.Username ?? '');
  if (!user) throw new Refusal('UserNotFoundException');
  switch (operation) {
    case 'AdminGetUser':
      return shown(call.Username!, user, 'UserAttributes');
    case 'AdminUpdateUserAttributes':
      // A blank value deletes the attribute.
      for (const { Name, Value } of call.UserAttributes ?? []) {
        if (Value) user.set(Name, Value);
        else user.delete(Name);
      }
      return {};
    case 'AdminDeleteUserAttributes':
      for (const name of call.UserAttributeNames ?? []) user.delete(name);
      return {};
    default:
      throw new Refusal('InvalidAction');
  }
};

const answer = (operation: string, call: Call): { status: number; body: object } => {
  try {
    const category = categoryOf(operation);
    if (category && quotas[category]?.admits(performance.now()) === false)
      throw new Refusal('TooManyRequestsException', setting.throttleStatus);
    return { status: 200, body: carryOut(operation, call) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { status: error.status, body: { __type: error.type, message: error.message } };
  }
};

const tell = (message: Answer): void => void process.send?.(message);

process.on('disconnect', () => process.exit());
process.on('message', (request: Request) => {
  if ('reset' in request) {
    reset(request.reset);
    tell({ ready: true });
  } else {
    const { UserUpdate } = quotas;
    if (UserUpdate) tell({ record: { ours: UserUpdate.ours, others: UserUpdate.others, right: right() } });
  }
});

void listen(async (message, response) => {
  const [, operation] = String(message.headers['x-amz-target'] ?? '').split('.');
  const body = await readBody(message);
  // What is no call of Cognito's is the answer that CloudFormation waits for.
  if (!operation) return void response.end();
  const { status, body: content } = answer(operation, JSON.parse(body) as Call);
  await sleep(LATENCY);
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' });
  response.end(JSON.stringify(content));
}).then(({ endpoint }) => tell({ endpoint }));
