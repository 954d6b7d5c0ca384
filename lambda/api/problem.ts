import {
  PROBLEM_TYPE,
  type ProblemCode,
  PROBLEMS,
  VALUE_ERRORS,
  type ValueErrorCode,
} from '../../lib/private/contracts/api-problems';

/** What is wrong with one part of the body. */
export interface ValueError {
  readonly code: ValueErrorCode;
  /** In words; never the value. */
  readonly detail: string;
  /** Where, as a JSON pointer in a URI's fragment (RFC 6901, 6). */
  readonly pointer: string;
}

/** Thrown where the API does not do what was asked; its answer is all that the caller learns. */
export class Problem extends Error {
  constructor(
    readonly code: ProblemCode,
    readonly detail?: string,
    readonly errors: readonly ValueError[] = [],
  ) {
    super(code);
  }

  /** As RFC 9457 has it. */
  get body(): object {
    const { status, title } = PROBLEMS[this.code];
    return {
      type: PROBLEM_TYPE + this.code,
      title,
      status,
      ...(this.detail !== undefined && { detail: this.detail }),
      ...(this.errors.length > 0 && { errors: this.errors }),
    };
  }
}

/** As much of a name that somebody sent as it takes to find it again. */
const LONGEST_NAME = 64;

export const valueError = (
  code: ValueErrorCode,
  member: 'attributes' | 'clientMetadata',
  name: string,
  detail: string = VALUE_ERRORS[code],
): ValueError => {
  const shown = [...name.replace(/\p{Surrogate}/gu, '\ufffd')].slice(0, LONGEST_NAME).join('');
  const token = shown.replaceAll('~', '~0').replaceAll('/', '~1');
  return { code, detail, pointer: `#/${member}/${encodeURIComponent(token)}` };
};
