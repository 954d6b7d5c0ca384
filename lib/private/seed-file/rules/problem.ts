/** A rule that is broken, and the remedy. Never the value, which may be somebody's. */
export interface Problem {
  readonly rule: string;
  readonly remedy: string;
}

/** A problem, with Cognito's name of the attribute where it is about one. */
export interface AttributeProblem extends Problem {
  readonly attribute?: string;
}
