import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Language } from './language';
import { BUILT, copyOfExample, isThere, run, WORK } from './machine';

/** What Maven downloads, for the build and the example alike: a build of 0.0.0 must not stay in anybody's own repository. */
const DOWNLOADED = path.join(WORK, 'maven');

const settings = `<settings>
  <localRepository>${DOWNLOADED}</localRepository>
  <profiles>
    <profile>
      <id>built</id>
      <repositories>
        <repository><id>built</id><url>${pathToFileURL(path.join(BUILT, 'java')).href}</url></repository>
      </repositories>
    </profile>
  </profiles>
  <activeProfiles><activeProfile>built</activeProfile></activeProfiles>
</settings>
`;

/** The artifact, out of the repository that jsii-pacmak deploys it to. */
export const java: Language = {
  name: 'Java',
  target: 'java',
  missing: () =>
    isThere('javac', '--release', '17', '-version') && isThere('mvn', '-v')
      ? undefined
      : 'a JDK of 17 or later, and Maven',
  options: ['--maven-local-repository', DOWNLOADED],
  install: () => {
    const directory = copyOfExample('java');
    writeFileSync(path.join(directory, 'settings.xml'), settings);
    const maven = ['mvn', '--batch-mode', '--quiet', '--settings', 'settings.xml'];
    run(directory, {}, ...maven, 'compile');
    return { directory, command: [...maven, 'exec:java'] };
  },
};
