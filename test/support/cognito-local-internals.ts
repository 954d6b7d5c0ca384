// Everything this project takes from inside cognito-local 5.3.0. Its package exports only the binary's start, so these
// paths are internal: an upgrade of cognito-local is reviewed here.
import type { AppClient } from 'cognito-local/lib/services/appClient';
import type { DateClock as Clock } from 'cognito-local/lib/services/clock';
import type { CognitoServiceImpl as CognitoService } from 'cognito-local/lib/services/cognitoService';
import type { Services } from 'cognito-local/lib/services';
import type { Context } from 'cognito-local/lib/services/context';
import type { DataStore } from 'cognito-local/lib/services/dataStore/dataStore';
import type { DataStoreFactory } from 'cognito-local/lib/services/dataStore/factory';
import type { Messages } from 'cognito-local/lib/services/messages';
import type {
  Group,
  User,
  UserPool,
  UserPoolService,
  UserPoolServiceFactory,
} from 'cognito-local/lib/services/userPoolService';

// Node's own require, also under jest: jest's cannot load the ECMAScript modules among cognito-local's dependencies, and
// would load the whole of it again for each test file. Objects from inside are of another realm: `instanceof` lies.
const native = process.getBuiltinModule('node:module').createRequire(__filename);
const internal = <T>(name: string): T => native(`cognito-local/lib/${name}`) as T;

export const { createServer } = internal<typeof import('cognito-local/lib/server/server')>('server/server');
export const { Router } = internal<typeof import('cognito-local/lib/server/Router')>('server/Router');
export const { DefaultConfig } = internal<typeof import('cognito-local/lib/server/config')>('server/config');
export const { CognitoError } = internal<typeof import('cognito-local/lib/errors')>('errors');
export const { DateClock } = internal<typeof import('cognito-local/lib/services/clock')>('services/clock');
export const { CognitoServiceImpl } =
  internal<typeof import('cognito-local/lib/services/cognitoService')>('services/cognitoService');
export const { otp } = internal<typeof import('cognito-local/lib/services/otp')>('services/otp');
export const { JwtTokenGenerator } =
  internal<typeof import('cognito-local/lib/services/tokenGenerator')>('services/tokenGenerator');
export const { UserPoolServiceImpl } =
  internal<typeof import('cognito-local/lib/services/userPoolService')>('services/userPoolService');

/** What cognito-local signs tokens with, whatever the pool. */
export const { pem: signingKeyPem } = internal<{ readonly pem: string }>('keys/cognitoLocal.private.json');

export type {
  AppClient,
  Clock,
  CognitoService,
  Context,
  DataStore,
  DataStoreFactory,
  Group,
  Messages,
  Services,
  User,
  UserPool,
  UserPoolService,
  UserPoolServiceFactory,
};

export type Router = import('cognito-local/lib/server/Router').Router;
export type MessageSource = Parameters<Messages['deliver']>[1];
export type DeliveryDetails = Parameters<Messages['deliver']>[7];
export type Attributes = User['Attributes'];

// cognito-local's own logger, hence no dependency of ours.
const { pino } = native('pino') as typeof import('pino');
export const silentLogger = pino({ level: 'silent' });
export const silentContext: Context = { logger: silentLogger };

/** With which cognito-local signs the tokens of all its pools, as PEM. */
export const { pem: signingKey } = internal<{ readonly pem: string }>('keys/cognitoLocal.private.json');
