import type { CustomMessageSource } from '../../custom-message-source';
import type { CustomMessageTemplate } from '../../custom-message-template';
import { encodeMessages, MESSAGES_ENV } from '../contracts/message';
import { describeTemplate, validateMessageTemplate } from './validate-template';

/** A template and the source that it speaks for. */
export interface DeclaredTemplate extends CustomMessageTemplate {
  readonly source: CustomMessageSource;
}

/** Lambda's limit for a function's environment, which holds the templates. */
const MAX_ENVIRONMENT_BYTES = 4_096;

/** All that is wrong with a trigger's templates, each by itself and all together. */
export function validateMessages(templates: readonly DeclaredTemplate[]): string[] {
  if (templates.length === 0) {
    return ['has no templates, so Cognito sends its own messages: call addTemplate(), or leave the construct out'];
  }
  return [
    ...templates.flatMap((template) => validateMessageTemplate(template.source, template)),
    ...ambiguities(templates),
    ...environmentSize(templates),
  ];
}

/** Pairs that one and the same ClientMetadata could choose. */
function ambiguities(templates: readonly DeclaredTemplate[]): string[] {
  return templates.flatMap((one, index) =>
    templates
      .slice(index + 1)
      .filter((other) => other.source === one.source && couldTie(one.when ?? {}, other.when ?? {}))
      .map((other) => {
        const both = `the template ${words(one)} and the one ${words(other)}`;
        return `${one.source}: ${both} could match the same metadata, and neither names more keys: add a key to one of them, or give a key that both name different values`;
      }),
  );
}

const words = ({ source, when }: DeclaredTemplate): string => describeTemplate(source, when).slice(source.length + 2);

type When = NonNullable<CustomMessageTemplate['when']>;

function couldTie(one: When, other: When): boolean {
  const keys = Object.keys(one);
  if (keys.length !== Object.keys(other).length) return false;
  return !keys.some((key) => Object.hasOwn(other, key) && other[key] !== one[key]);
}

function environmentSize(templates: readonly DeclaredTemplate[]): string[] {
  // Lambda measures the environment as JSON, so the quotes of the templates' own JSON count twice.
  const size = Buffer.byteLength(JSON.stringify({ [MESSAGES_ENV]: encodeMessages(templates) }));
  if (size <= MAX_ENVIRONMENT_BYTES) return [];
  return [
    `the templates take ${size} bytes of the function's environment, and Lambda gives ${MAX_ENVIRONMENT_BYTES}: shorten them, since a pool has one trigger, and all its templates share these bytes`,
  ];
}
