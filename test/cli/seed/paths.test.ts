import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathsOf } from '../../../cli/seed/declaration/paths';
import { removeFolders, temporaryFolder } from '../support/fixture';

afterAll(removeFolders);

const logicalId = (data: string) => [{ type: 'aws:cdk:logicalId', data }];
const METADATA = {
  '/Shop/People/Run/Default': logicalId('People1'),
  '/Shop/Inner/Pool/Resource': logicalId('Pool2'),
  '/Shop/Pool/Resource': [{ type: 'aws:cdk:warning', data: 'Pool3' }, ...logicalId('Pool2')],
  '/Shop/Damaged': 'none',
};

test('paths stand in the manifest, but for those that two stacks both have', () => {
  expect([...pathsOf({ metadata: METADATA }, '.')]).toEqual([['People1', 'Shop/People/Run/Default']]);
  expect(pathsOf({}, '.').size).toBe(0);
});

test('or in a file beside it', () => {
  const folder = temporaryFolder();
  writeFileSync(path.join(folder, 'Shop.metadata.json'), JSON.stringify(METADATA));
  expect([...pathsOf({ additionalMetadataFile: 'Shop.metadata.json' }, folder).keys()]).toEqual(['People1']);
  expect(pathsOf({ additionalMetadataFile: 'None.metadata.json' }, folder).size).toBe(0);
});
