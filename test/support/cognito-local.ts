import type { RequestListener } from 'node:http';
import {
  CognitoError,
  CognitoServiceImpl,
  createServer,
  DateClock,
  DefaultConfig,
  JwtTokenGenerator,
  otp,
  silentContext,
  silentLogger,
} from './cognito-local-internals';
import type { Clock, CognitoService, Services, UserPoolService } from './cognito-local-internals';
import { CollectedMessages } from './cognito-local-messages';
import type { Delivery, TriggerTarget } from './cognito-local-messages';
import { repairedPools } from './cognito-local-pool';
import { repairedRouter } from './cognito-local-repairs';
import { inMemoryDataStoreFactory } from './cognito-local-store';
import { listen } from './http';

export interface CognitoLocalOptions {
  /** @default 0 - a free port */
  readonly port?: number;
  /** Asked at every message, so a test may change the trigger at any time. @default - no trigger */
  readonly customMessage?: () => TriggerTarget | undefined;
  /** How long to wait for the trigger. @default 5000 - as Cognito */
  readonly triggerTimeoutMs?: number;
}

export interface CognitoLocal {
  readonly endpoint: string;
  readonly deliveries: Delivery[];
  readonly clock: Clock;
  /** The store behind a pool, for what HTTP is too slow for. */
  pool(userPoolId: string): Promise<UserPoolService>;
  /** Makes a pool known under the id that another emulator has given it. */
  adopt(userPoolId: string, id: string): Promise<void>;
  /** The same of an app client. */
  adoptClient(userPoolId: string, clientId: string, id: string): Promise<void>;
  stop(): Promise<void>;
}

/** The pools live in memory: without this, cognito-local reads and removes files in its data directory. */
const inMemoryCognito = async (clock: Clock): Promise<CognitoService> => {
  const cognito = new CognitoServiceImpl(
    '',
    await inMemoryDataStoreFactory.create(silentContext, 'clients', { Clients: {} }),
    { UsernameAttributes: [] },
    repairedPools(clock),
  );
  const pools: UserPoolService[] = [];
  return Object.assign(cognito, {
    userPools: pools,
    getUserPool: async (_ctx: unknown, userPoolId: string) => {
      const pool = pools.find(({ options }) => options.Id === userPoolId);
      if (!pool) throw new CognitoError('ResourceNotFoundException', `User pool ${userPoolId} does not exist.`);
      return pool;
    },
    deleteUserPool: async (_ctx: unknown, { Id }: { Id: string }) => {
      pools.splice(
        pools.findIndex((pool) => pool.options.Id === Id),
        1,
      );
    },
  });
};

/** cognito-local 5.3.0 within this process: in memory, silent, and closer to Cognito than it is by itself. */
export const startCognitoLocal = async (options: CognitoLocalOptions = {}): Promise<CognitoLocal> => {
  const clock = new DateClock();
  const cognito = await inMemoryCognito(clock);
  const pool = (userPoolId: string) => cognito.getUserPool(silentContext, userPoolId);
  const deliveries: Delivery[] = [];
  const messages = new CollectedMessages({
    poolOf: async (userPoolId) => (await pool(userPoolId)).options,
    target: options.customMessage ?? (() => undefined),
    deliver: (delivery) => deliveries.push(delivery),
    triggerTimeoutMs: options.triggerTimeoutMs,
  });
  // CustomMessage is served by `messages`; no other trigger is emulated.
  const triggers = { enabled: () => false } as unknown as Services['triggers'];
  const tokens: { IssuerDomain?: string } = {};
  const services: Services = {
    clock,
    cognito,
    config: { ...DefaultConfig, UserPoolDefaults: { UsernameAttributes: [] } },
    messages,
    otp,
    tokenGenerator: new JwtTokenGenerator(clock, triggers, tokens),
    triggers,
  };
  const { application } = createServer(repairedRouter(services), silentLogger, {}, services);
  const server = await listen(application as RequestListener, options.port);
  tokens.IssuerDomain = server.endpoint;
  return {
    endpoint: server.endpoint,
    deliveries,
    clock,
    pool,
    adopt: async (userPoolId, id) => {
      await cognito.createUserPool(silentContext, { ...(await pool(userPoolId)).options, Id: id });
    },
    adoptClient: async (userPoolId, clientId, id) => {
      const client = (await cognito.getAppClient(silentContext, clientId))!;
      await (await pool(userPoolId)).saveAppClient(silentContext, { ...client, ClientId: id });
    },
    stop: async () => {
      messages.stop();
      await server.stop();
    },
  };
};
