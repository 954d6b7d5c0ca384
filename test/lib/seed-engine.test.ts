import { SeedEngine } from '../../lib/seed-engine';

test('in one Lambda function there is nothing to choose', () => {
  expect(SeedEngine.lambda()._stepFunctions).toBeUndefined();
});

test('Step Functions keeps what is chosen', () => {
  expect(SeedEngine.stepFunctions()._stepFunctions).toEqual({});
  expect(SeedEngine.stepFunctions({ maxConcurrency: 4 })._stepFunctions).toEqual({ maxConcurrency: 4 });
});
