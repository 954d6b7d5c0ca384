import type { IConstruct } from 'constructs';
import { Stack } from 'aws-cdk-lib';
import { AwsSolutionsChecks, HIPAASecurityChecks, type NagPack, NIST80053R4Checks, NIST80053R5Checks } from 'cdk-nag';

export interface Finding {
  /** Without the pack's name: `IAM5[Resource::*]`, `LambdaInsideVPC`. */
  readonly rule: string;
  /** The resource, below its stack. */
  readonly place: string;
}

/** A finding of any of the packs that stands, where, and why. */
export type Standing = readonly [rules: RegExp, places: RegExp, reason: string];

interface Violation {
  readonly ruleName: string;
  readonly violatingResources: readonly { readonly constructPath: string }[];
}

export const PACKS = [AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R4Checks, NIST80053R5Checks];

/** What a pack finds in what has been synthesized. */
export const findingsOf = (pack: NagPack, scope: IConstruct): Finding[] => {
  const stacks = scope.node.findAll().filter((construct) => Stack.isStack(construct));
  const belowStack = (place: string): string => {
    const own = stacks.map(({ node }) => `${node.path}/`).filter((path) => place.startsWith(path));
    return place.slice(Math.max(...own.map(({ length }) => length)));
  };
  const { violations } = pack.validateScope(scope) as { violations: Violation[] };
  return violations.flatMap(({ ruleName, violatingResources }) =>
    violatingResources.map(({ constructPath }) => ({
      rule: ruleName.slice(pack.readPackName.length + 1),
      place: belowStack(constructPath),
    })),
  );
};

/** What all packs find, once each. */
export const findingsIn = (scope: IConstruct): Finding[] => {
  const all = PACKS.flatMap((Pack) => findingsOf(new Pack(), scope));
  return [...new Map(all.map((finding) => [`${finding.rule} ${finding.place}`, finding])).values()];
};

export const stands = ({ rule, place }: Finding, [rules, places]: Standing): boolean =>
  rules.test(rule) && places.test(place);
