/** What is loaded only where a role of the pool's account is declared: the client of STS. */
export { takeOn } from './seeder/take-on';
