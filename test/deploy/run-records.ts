import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import {
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  ListMapRunsCommand,
  ListStateMachinesCommand,
  SFNClient,
} from '@aws-sdk/client-sfn';
import { gunzipSync } from 'node:zlib';
import type { MiniStack } from './ministack';

export interface History {
  readonly stateMachine: string;
  readonly execution: string;
  readonly status: string;
  /** All events, inputs and outputs in them. */
  readonly text: string;
}

/** What runs leave behind: objects in their bucket, and the histories of executions. */
export class RunRecords {
  private readonly s3: S3Client;
  private readonly states: SFNClient;

  constructor({ endpoint, region }: MiniStack) {
    const options = { endpoint, region, credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };
    this.s3 = new S3Client({ ...options, forcePathStyle: true });
    this.states = new SFNClient(options);
  }

  /** @param uri as the report's: `s3://bucket/key` */
  async read(uri: string): Promise<string> {
    const { Bucket, Key } = parsed(uri);
    const { Body } = await this.s3.send(new GetObjectCommand({ Bucket, Key }));
    const bytes = await Body!.transformToByteArray();
    return (Key.endsWith('.gz') ? gunzipSync(bytes) : Buffer.from(bytes)).toString('utf8');
  }

  /** Everything of the run that a report belongs to, by name. */
  async objectsBeside(report: string): Promise<Record<string, string>> {
    const { Bucket, Key } = parsed(report);
    const Prefix = Key.slice(0, Key.lastIndexOf('/') + 1);
    const { Contents = [] } = await this.s3.send(new ListObjectsV2Command({ Bucket, Prefix }));
    const read = async (key: string) => [key.slice(Prefix.length), await this.read(`s3://${Bucket}/${key}`)] as const;
    return Object.fromEntries(await Promise.all(Contents.map(({ Key: key }) => read(key!))));
  }

  /** Of every execution of every state machine, the children of maps included. */
  async histories(): Promise<History[]> {
    const { stateMachines = [] } = await this.states.send(new ListStateMachinesCommand({}));
    const found = await Promise.all(
      stateMachines.map(async ({ name, stateMachineArn }) => this.executions(name!, { stateMachineArn })),
    );
    return found.flat();
  }

  stop(): void {
    this.s3.destroy();
    this.states.destroy();
  }

  private async executions(
    stateMachine: string,
    of: { readonly stateMachineArn?: string } | { readonly mapRunArn?: string },
  ): Promise<History[]> {
    const { executions = [] } = await this.states.send(new ListExecutionsCommand(of));
    const found = await Promise.all(
      executions.map(async ({ executionArn, status }) => {
        const { mapRuns = [] } = await this.states.send(new ListMapRunsCommand({ executionArn }));
        const children = mapRuns.map(({ mapRunArn }) => this.executions(`${stateMachine}, children`, { mapRunArn }));
        const text = await this.history(executionArn!);
        return [
          { stateMachine, execution: executionArn!, status: status!, text },
          ...(await Promise.all(children)).flat(),
        ];
      }),
    );
    return found.flat();
  }

  private async history(executionArn: string): Promise<string> {
    const pages: unknown[] = [];
    let nextToken: string | undefined;
    do {
      const page = new GetExecutionHistoryCommand({ executionArn, maxResults: 1000, nextToken });
      const { events = [], nextToken: next } = await this.states.send(page);
      pages.push(...events);
      nextToken = next;
    } while (nextToken);
    return JSON.stringify(pages);
  }
}

const parsed = (uri: string): { Bucket: string; Key: string } => {
  const [, Bucket, Key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(uri) ?? [];
  if (!Key) throw new Error(`no S3 URI: ${uri}`);
  return { Bucket, Key };
};
