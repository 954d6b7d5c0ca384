import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { Answer, Record, Request, Setting } from './messages';

export interface StandIn {
  readonly endpoint: string;
  /** A pool whose users have no attributes yet, and a full quota. */
  reset(setting: Setting): Promise<void>;
  report(): Promise<Record>;
  stop(): void;
}

export const startStandIn = async (): Promise<StandIn> => {
  const child = fork(path.join(__dirname, 'main.ts'));
  const next = async (): Promise<Answer> => (await once(child, 'message'))[0] as Answer;
  const ask = (request: Request): Promise<Answer> => {
    child.send(request);
    return next();
  };
  const started = await next();
  if (!('endpoint' in started)) throw new Error('the stand-in did not start');
  return {
    endpoint: started.endpoint,
    reset: async (setting) => void (await ask({ reset: setting })),
    report: async () => {
      const answer = await ask({ report: true });
      if (!('record' in answer)) throw new Error('the stand-in did not report');
      return answer.record;
    },
    stop: () => child.disconnect(),
  };
};
