const jest = require('../../jest.config');

/** The tests that need aws-cdk-lib, on the newest one, which test/newest/install.ts has put into .newest. */
module.exports = {
  ...jest,
  rootDir: '../..',
  testMatch: ['<rootDir>/test/{lib,examples}/**/*.test.ts', '<rootDir>/test/newest/newest.ts'],
  testPathIgnorePatterns: ['/test/lib/private/(contracts|seed-file|text-rule)'],
  moduleNameMapper: {
    ...jest.moduleNameMapper,
    '^(aws-cdk-lib|constructs)(/.*)?$': '<rootDir>/.newest/node_modules/$1$2',
  },
};
