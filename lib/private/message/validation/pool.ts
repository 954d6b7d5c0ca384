import type { CfnUserPool } from 'aws-cdk-lib/aws-cognito';
import type { ReadTemplate } from '../catalog';
import { located } from '../declared';
import type { Messages } from '../messages';
import { valuesIn, type Value } from '../pieces';
import { verifiesBy } from '../wiring';

/** Links of templates for a pool that has none. */
export function linkFindings({ templates }: Messages, pool: CfnUserPool): string[] {
  if (verifiesBy(pool) !== 'code') return [];
  return templates.flatMap((template) =>
    linksOf(template).map(({ at }) =>
      located(template, 'html', {
        at,
        text: 'the user pool verifies by a code, and {{link}} stands for nothing: write {{code}}, or set the emailStyle of userVerification to LINK',
      }),
    ),
  );
}

/** The links that a template's e-mail holds. */
export const linksOf = ({ pieces }: ReadTemplate): Value[] =>
  valuesIn(pieces.html ?? []).filter(({ variable }) => variable.kind === 'link');
