import { goodDeclarations } from './good-declarations';
import { readDeclared } from './read-declaration';

test.each(goodDeclarations())('$title: nothing is wrong with it', (declared) => {
  expect(readDeclared(declared).findings).toEqual([]);
});
