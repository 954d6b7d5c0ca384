import type { Record } from './stand-in/messages';
import type { Taken } from './stand-in/quota';
import { rounded } from './support';

/** The first second is the burst's, which every quota starts with. */
const BURST = 1_000;

export interface Figures {
  readonly updatesPerSecond: number;
  /** Of what others left over of the quota, from the second second on. */
  readonly usedShare: number;
  readonly throttledShare: number;
  /** Of the others' requests, meanwhile. */
  readonly othersThrottledShare: number;
  readonly right: number;
  readonly users: number;
  readonly seconds: number;
}

export interface Row extends Figures {
  readonly name: string;
  readonly quota: number;
  readonly othersPerSecond: number;
}

export const figuresOf = ({ ours, others, right }: Record, users: number, quota: number): Figures => {
  const first = Math.min(ours.admitted[0] ?? Infinity, ours.throttled[0] ?? Infinity);
  const last = ours.admitted.at(-1) ?? first;
  const within = (times: readonly number[], from: number) => times.filter((time) => time > from && time <= last).length;
  const throttledShare = ({ admitted, throttled }: Taken) => {
    const [passed, refused] = [within(admitted, first - 1), within(throttled, first - 1)];
    return refused > 0 ? rounded(refused / (passed + refused), 3) : 0;
  };
  const afterBurst = first + BURST;
  const left = ((last - afterBurst) / 1000) * quota - within(others.admitted, afterBurst);
  const seconds = (last - first) / 1000;
  return {
    updatesPerSecond: rounded((ours.admitted.length - 1) / seconds, 1),
    usedShare: rounded(within(ours.admitted, afterBurst) / left, 3),
    throttledShare: throttledShare(ours),
    othersThrottledShare: throttledShare(others),
    right,
    users,
    seconds: rounded(seconds, 1),
  };
};
