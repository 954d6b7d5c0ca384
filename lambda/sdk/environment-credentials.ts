/** Stands in for `@aws-sdk/credential-provider-node` in every bundle: see scripts/bundle.ts. */
export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';
