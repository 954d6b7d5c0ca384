import { creationRepairs } from './cognito-local-creation';
import { groupRepairs } from './cognito-local-groups';
import { Router as route } from './cognito-local-internals';
import type { Router, Services } from './cognito-local-internals';
import { listRepairs } from './cognito-local-lists';
import { passwordRepairs } from './cognito-local-passwords';
import type { Repairs } from './cognito-local-repair';
import { signInRepairs } from './cognito-local-sign-in';
import { signedInRepairs } from './cognito-local-signed-in';
import { updateRepairs } from './cognito-local-updates';

const REPAIRS: Repairs = {
  ...creationRepairs,
  ...groupRepairs,
  ...listRepairs,
  ...passwordRepairs,
  ...signInRepairs,
  ...signedInRepairs,
  ...updateRepairs,
};

/** cognito-local's router, with the targets that differ from Cognito put right. */
export const repairedRouter =
  (services: Services): Router =>
  (target) =>
    (Object.hasOwn(REPAIRS, target) ? REPAIRS[target](services) : undefined) ?? route(services)(target);
