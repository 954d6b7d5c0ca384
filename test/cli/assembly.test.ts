import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { App, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { findTriggers } from '../../cli/preview/assembly';
import { readMessages } from '../../cli/preview/messages';
import {
  asset,
  declareLayer,
  declareTrigger,
  ONE_MESSAGE,
  removeFolders,
  synthesize,
  temporaryFolder,
} from './support/fixture';

afterAll(removeFolders);

const titlesIn = (define: (app: App) => void) => findTriggers(synthesize(define)).map(({ titles }) => titles);

test('a function and a layer with messages are found by their constructs’ paths', () => {
  const titles = titlesIn((app) => {
    const stack = new Stack(app, 'Shop');
    declareTrigger(stack, 'Messages', asset(ONE_MESSAGE));
    declareLayer(stack, 'CognitoMessages', asset({ sources: {} }, 'layer'));
  });
  expect(titles).toEqual([['Shop/MessagesFunction'], ['Shop']]);
});

test('so are those of nested stacks and of stages', () => {
  const titles = titlesIn((app) => {
    const stack = new Stack(app, 'Shop');
    declareTrigger(new NestedStack(stack, 'Inner'), 'Messages', asset(ONE_MESSAGE));
    const stage = new Stage(app, 'Production');
    declareTrigger(new Stack(stage, 'Shop'), 'Messages', asset({ sources: {} }));
  });
  expect(titles).toEqual([['Shop/Inner/MessagesFunction'], ['Production/Shop/MessagesFunction']]);
});

test('what two stages share is shown once, under both names', () => {
  const directory = asset(ONE_MESSAGE);
  const titles = titlesIn((app) => {
    for (const name of ['Beta', 'Production']) {
      declareTrigger(new Stack(new Stage(app, name), 'Shop'), 'Messages', directory);
    }
  });
  expect(titles).toEqual([['Beta/Shop/MessagesFunction', 'Production/Shop/MessagesFunction']]);
});

test('without metadata in the template, the logical id has to do', () => {
  const outdir = path.join(temporaryFolder(), 'cdk.out');
  const app = new App({ outdir });
  declareTrigger(new Stack(app, 'Shop'), 'Messages', asset(ONE_MESSAGE));
  app.synth();
  expect(findTriggers(outdir)[0].titles[0]).toMatch(/^MessagesFunction[0-9A-F]{8}$/);
});

test('a folder of somebody’s own that is named messages is none of the library’s', () => {
  const folder = temporaryFolder();
  mkdirSync(path.join(folder, 'messages'));
  writeFileSync(path.join(folder, 'messages', 'index.json'), '{"hello":"Hello"}');
  expect(() => titlesIn((app) => declareTrigger(new Stack(app, 'Shop'), 'Other', folder))).toThrow(
    /no stack of .* has a CustomMessageTrigger with messages: add one to the app/,
  );
});

test('a text outside the folder of messages is not read', () => {
  expect(() => readMessages(asset(ONE_MESSAGE)).textOf('../../secret.json')).toThrow(
    /names a text outside itself \(\.\.\/\.\.\/secret\.json\): synthesize the app again/,
  );
});

test('a directory that is no assembly is refused with what to do', () => {
  expect(() => findTriggers(temporaryFolder())).toThrow(/is no cloud assembly .*: run cdk synth, and name its output/);
});

test('a damaged assembly is told by its file', () => {
  const folder = temporaryFolder();
  writeFileSync(path.join(folder, 'manifest.json'), '{');
  expect(() => findTriggers(folder)).toThrow(/manifest\.json is not JSON .*: synthesize the app again/);
});
