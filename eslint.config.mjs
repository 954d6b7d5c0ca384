import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  {
    ignores: [
      'assets/',
      'bin/',
      'build/',
      'custom-message/',
      'dist/',
      'cdk.out/',
      '**/*.js',
      'node_modules/',
      '.venv/',
    ],
  },
  ...tseslint.configs.recommended,
  prettier,
  {
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      eqeqeq: 'error',
      'prefer-const': 'error',
    },
  },
  {
    // What a stack author imports knows nothing of what runs in AWS.
    files: ['lib/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: ['**/lambda/**'] }] },
  },
  {
    // The contracts stand between both sides and import nothing but one another.
    files: ['lib/private/contracts/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: [{ regex: '^(?!\\./)' }] }] },
  },
  {
    // The reading of files runs at synth, in AWS and in commands.
    files: ['lib/private/seed-file/**/*.ts', 'lib/private/attribute-names.ts', 'lib/private/reserved-keys.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: ['**/lambda/**', 'aws-cdk-lib*', 'constructs'] }] },
  },
  {
    // Handlers reach the library through its contracts, and its reading of files, alone.
    files: ['lambda/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [{ regex: '/lib/(?!private/(contracts/|seed-file(/|$)))' }, { regex: '^(aws-cdk-lib|constructs)' }],
        },
      ],
    },
  },
  {
    // Commands read what synth has written, choose and plan as the functions do, and render with what the package ships. No
    // command writes to a pool, so none imports what does.
    files: ['cli/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            { regex: '/lib/(?!private/(contracts/|seed-file(/|$)))' },
            { regex: '/lambda/(?!message/(metadata|select)$|rules/|seeder/)' },
            { regex: '/lambda/seeder/(apply|bulk-step|cognito|look|run/.*|transition)$' },
          ],
        },
      ],
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: { '@typescript-eslint/no-explicit-any': 'off' },
  },
);
