import { version } from 'aws-cdk-lib/package.json';
import { devDependencies } from '../../package.json';

/** Whether it is the aws-cdk-lib that this library is developed on: the lowest of its peers. The other is the newest. */
export const onLowestCdk = version === devDependencies['aws-cdk-lib'];
