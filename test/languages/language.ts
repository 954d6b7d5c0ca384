/** How the library is built for a language, and how an app in it gets and uses what was built. */
export interface Language {
  readonly name: string;
  /** What jsii-pacmak calls it. */
  readonly target: string;
  /** What has to be there and is not, or undefined. */
  readonly missing: () => string | undefined;
  /** Options that jsii-pacmak's build takes. */
  readonly options?: string[];
  /** What jsii-pacmak's build finds in its environment. */
  readonly environment?: NodeJS.ProcessEnv;
  /** What has to be done before it. */
  readonly prepare?: () => void;
  /** Installs what was built into a copy of the example. */
  readonly install: () => App;
}

/** An example that is ready to be synthesized, as cdk.json's `app` would be. */
export interface App {
  readonly directory: string;
  readonly command: string[];
}
