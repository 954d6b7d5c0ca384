/** Stands in for `@smithy/core/event-streams` in every bundle, since no operation here streams events: see scripts/bundle.ts. */
export {};
