// The few AWS calls that a test asks of MiniStack itself, by hand: an SDK client for each would be a dependency each.

export interface StackEvent {
  readonly logicalId: string;
  readonly resourceType: string;
  readonly physicalId: string;
  readonly status: string;
  readonly reason: string;
}

export interface MiniStackLogGroup {
  readonly logGroupName: string;
  readonly retentionInDays?: number;
  readonly kmsKeyId?: string;
}

export class MiniStackApi {
  constructor(
    private readonly endpoint: string,
    private readonly region: string,
  ) {}

  /** The status as CloudFormation names it, or undefined when there is no such stack (any more). */
  async stackStatus(stackName: string): Promise<string | undefined> {
    const answer = await this.cloudFormation('DescribeStacks', { StackName: stackName });
    const status = answer && element(answer, 'StackStatus');
    return status === 'DELETE_COMPLETE' ? undefined : status;
  }

  /** Every event since the stack's creation, oldest first. None for a stack that is not there. */
  async stackEvents(stackName: string): Promise<StackEvent[]> {
    const events: StackEvent[] = [];
    let nextToken: string | undefined;
    do {
      const page = await this.cloudFormation('DescribeStackEvents', {
        StackName: stackName,
        ...(nextToken && { NextToken: nextToken }),
      });
      for (const [, member] of page?.matchAll(/<member>(.*?)<\/member>/gs) ?? []) {
        events.push({
          logicalId: element(member, 'LogicalResourceId') ?? '',
          resourceType: element(member, 'ResourceType') ?? '',
          physicalId: element(member, 'PhysicalResourceId') ?? '',
          status: element(member, 'ResourceStatus') ?? '',
          reason: element(member, 'ResourceStatusReason') ?? '',
        });
      }
      nextToken = page && element(page, 'NextToken');
    } while (nextToken);
    return events.reverse();
  }

  /** What the product's own functions have logged. The Provider framework's would keep to its level on AWS. */
  async functionLogs(): Promise<string[]> {
    const groups = (await this.logGroups())
      .map(({ logGroupName }) => logGroupName)
      .filter((name) => !name.includes('Framework'));
    const messages = groups.map(async (logGroupName) => {
      const { events } = await this.logs<{ events: { message: string }[] }>('FilterLogEvents', { logGroupName });
      return events.map(({ message }) => message);
    });
    return (await Promise.all(messages)).flat();
  }

  /** The name of the function whose description starts so. */
  async functionName(description: string): Promise<string> {
    const response = await fetch(`${this.endpoint}/2015-03-31/functions`, { headers: this.addressedTo('lambda') });
    const { Functions } = (await response.json()) as { Functions: { FunctionName: string; Description?: string }[] };
    const found = Functions.find((candidate) => candidate.Description?.startsWith(description));
    if (!found) throw new Error(`MiniStack has no function whose description starts with '${description}'`);
    return found.FunctionName;
  }

  async logGroups(): Promise<MiniStackLogGroup[]> {
    return (await this.logs<{ logGroups: MiniStackLogGroup[] }>('DescribeLogGroups', {})).logGroups;
  }

  /** AWS's host name leads nowhere here: MiniStack takes an HTTP API by path. */
  httpApiUrl(url: string): string {
    const [, api, path] = /^https?:\/\/([^.]+)\.[^/]+(\/.*)$/.exec(url)!;
    return `${this.endpoint}/_aws/execute-api/${api}/$default${path}`;
  }

  private async cloudFormation(action: string, parameters: Record<string, string>): Promise<string | undefined> {
    const response = await fetch(this.endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...this.addressedTo('cloudformation') },
      body: new URLSearchParams({ Action: action, Version: '2010-05-15', ...parameters }).toString(),
    });
    const answer = await response.text();
    if (response.ok) {
      return answer;
    }
    if (answer.includes('does not exist')) {
      return undefined;
    }
    throw new Error(`${action} on MiniStack: ${response.status} ${answer}`);
  }

  private async logs<T>(action: string, request: object): Promise<T> {
    const response = await fetch(this.endpoint, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': `Logs_20140328.${action}`,
        ...this.addressedTo('logs'),
      },
      body: JSON.stringify(request),
    });
    if (!response.ok) {
      throw new Error(`${action} on MiniStack: ${response.status} ${await response.text()}`);
    }
    return (await response.json()) as T;
  }

  /** MiniStack takes service and region out of the credential's scope, and checks no signature. */
  private addressedTo(service: string): Record<string, string> {
    const scope = `test/20250101/${this.region}/${service}/aws4_request`;
    return { authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=none` };
  }
}

const ENTITIES: Record<string, string> = { lt: '<', gt: '>', quot: '"', apos: "'", '#x27': "'", '#39': "'", amp: '&' };

function element(xml: string, name: string): string | undefined {
  const text = new RegExp(`<${name}>(.*?)</${name}>`, 's').exec(xml)?.[1];
  return text?.replace(/&(#?\w+);/g, (whole, entity: string) => ENTITIES[entity] ?? whole);
}
