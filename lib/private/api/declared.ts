import type { IUserPoolClientRef, IUserPoolRef } from 'aws-cdk-lib/aws-cognito';
import type { UserAttributesApiProps } from '../../user-attributes-api';
import { UserAttributesEndpoint } from '../../user-attributes-endpoint';
import type { UserAttributesRates } from '../../user-attributes-rates';
import { isRecord } from '../record';
import type { DeclaredApi } from './definition';
import { isPath } from './validation/settings';
import { entriesOf, isEndpoint } from './validation/shape';

/** A declaration of which something can be made, whatever is wrong with it; that is for the validation to report. */
export interface Declaration extends DeclaredApi {
  readonly userPool: IUserPoolRef;
  readonly userPoolClients: readonly IUserPoolClientRef[];
  readonly endpoint: UserAttributesEndpoint;
  readonly allowOrigins: readonly string[];
  readonly rates: UserAttributesRates;
}

export const declaration = (props: UserAttributesApiProps): Declaration => {
  const endpoint = isEndpoint(props.endpoint) ? props.endpoint! : UserAttributesEndpoint.create();
  return {
    userPool: props.userPool,
    userPoolClients: entriesOf('userPoolClients', props.userPoolClients),
    writable: entriesOf('writable', props.writable),
    readable: props.readable === undefined ? undefined : entriesOf('readable', props.readable),
    sensitive: entriesOf('sensitive', props.sensitive),
    metadata: entriesOf('metadata', props.metadata),
    endpoint,
    path: isPath(endpoint._path) ? endpoint._path : '/me',
    allowOrigins: Array.isArray(endpoint._allowOrigins) ? endpoint._allowOrigins : [],
    rates: isRecord(props.rates) ? props.rates : {},
  };
};
