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
    // The contracts stand between both sides and import nothing.
    files: ['lib/private/contracts/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: ['*'] }] },
  },
  {
    // Handlers reach the library through its contracts alone.
    files: ['lambda/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ regex: '/lib/(?!private/contracts/)' }, { regex: '^(aws-cdk-lib|constructs)' }] },
      ],
    },
  },
  {
    // Commands read what synth has written, choose as the function does, and render with what the package ships.
    files: ['cli/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [{ regex: '/lib/(?!private/contracts/)' }, { regex: '/lambda/(?!message/(metadata|select)$)' }],
        },
      ],
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: { '@typescript-eslint/no-explicit-any': 'off' },
  },
);
