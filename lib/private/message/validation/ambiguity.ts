import type { MessageChannel } from '../../contracts/message';
import type { Variant } from '../catalog';
import type { Conditions } from '../declared';

/** Pairs of variants that one and the same ClientMetadata could choose, with nothing to say which. */
export function ambiguities(variants: readonly Variant[]): [Variant, Variant][] {
  return variants.flatMap((one, index) =>
    variants
      .slice(index + 1)
      .filter((other) => couldTie(one, other, variants))
      .map((other): [Variant, Variant] => [one, other]),
  );
}

/** More keys first, then more keys that must be equal. */
export function bySpecificity(one: Variant, other: Variant): number {
  return keys(other).length - keys(one).length || equalities(other) - equalities(one);
}

const keys = ({ conditions }: Variant): string[] => Object.keys(conditions);
const equalities = ({ conditions }: Variant): number =>
  Object.values(conditions).filter(({ length }) => length === 1).length;

function couldTie(one: Variant, other: Variant, variants: readonly Variant[]): boolean {
  if (bySpecificity(one, other) !== 0) return false;
  const joint = both(one.conditions, other.conditions);
  return (
    joint !== undefined &&
    sharedChannels(one, other).some((channel) => {
      const settling = variants
        .filter((third) => bySpecificity(third, one) < 0 && third.channelsForEverybody.includes(channel))
        .map(({ conditions }) => conditions)
        .filter((conditions) => Object.keys(conditions).every((key) => Object.hasOwn(joint, key)));
      return escapes(Object.entries(joint), settling);
    })
  );
}

const sharedChannels = (one: Variant, other: Variant): MessageChannel[] =>
  one.channels.filter((channel) => other.channels.includes(channel));

/** What ClientMetadata must be like to meet both; undefined where none can. */
function both(one: Conditions, other: Conditions): Conditions | undefined {
  const joint: Record<string, readonly string[]> = { ...one };
  for (const [key, values] of Object.entries(other)) {
    joint[key] = Object.hasOwn(one, key) ? one[key].filter((value) => values.includes(value)) : values;
  }
  return Object.values(joint).some(({ length }) => length === 0) ? undefined : joint;
}

/** Whether some choice of the values meets none of the more specific conditions, and so leaves two variants to quarrel over it. */
function escapes([first, ...rest]: readonly [string, readonly string[]][], settling: readonly Conditions[]): boolean {
  if (settling.length === 0 || !first) return settling.length === 0;
  const [key, values] = first;
  const met = (value: string): Conditions[] =>
    settling.filter((conditions) => !Object.hasOwn(conditions, key) || conditions[key].includes(value));
  return values.some((value) => escapes(rest, met(value)));
}
