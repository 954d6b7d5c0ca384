/** What only the step that plans loads: whatever reads files. */
export { planRun } from './seeder/run/plan-run';
