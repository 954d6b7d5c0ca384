const { availableParallelism } = require('node:os');

module.exports = {
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  // Examples import the library by its name.
  moduleNameMapper: { '^cdk-cognito-user-attributes$': '<rootDir>/lib' },
  transform: { '^.+\\.ts$': '<rootDir>/test/support/esbuild-transform.js' },
  reporters: ['default', '<rootDir>/test/support/summary-reporter.js'],
  testTimeout: 30000,
  // Every other test waits, for a pace or for a process of its own. (A percentage above 100 would be a number of workers.)
  maxWorkers: Math.ceil(availableParallelism() * 1.5),
};
