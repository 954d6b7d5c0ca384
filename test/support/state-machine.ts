import { inProcess, type Invocable } from './lambda-endpoint';

type Json = any;

export interface StateMachineOptions {
  /** A stack's template. */
  readonly template: Json;
  /** Of the state machine, in that template. @default - the only one with a state `List` */
  readonly logicalId?: string;
  /** The functions of its tasks, by `Handler` in the template. */
  readonly functions: Readonly<Record<string, Invocable | ((event: any) => unknown)>>;
  /** What retries wait with. @default - they do not wait */
  readonly wait?: (milliseconds: number) => Promise<unknown>;
}

export interface ExecutionResult {
  readonly status: 'FAILED' | 'SUCCEEDED';
  readonly output?: Json;
  readonly error?: string;
  readonly cause?: string;
  /** The states in the order in which they were entered; those of children stand behind the Map's. */
  readonly visited: readonly string[];
  /** Goes on from the state that failed; of a Map only what has not succeeded. */
  redrive(): Promise<ExecutionResult>;
}

/** As much input or output as a state may have. https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
const LARGEST_PAYLOAD = 262_144;

/** A state machine as its definition stands in a template, with exactly the parts of the language that this library uses. */
export class LocalStateMachine {
  public readonly definition: Json;
  private readonly functions = new Map<string, Invocable>();
  private readonly wait: (milliseconds: number) => Promise<unknown>;

  public constructor({ template, logicalId, functions, wait = async () => undefined }: StateMachineOptions) {
    this.definition = definitionOf(template, logicalId);
    this.wait = wait;
    for (const [id, { Type, Properties }] of Object.entries<Json>(template.Resources)) {
      const target = Type === 'AWS::Lambda::Function' ? functions[Properties.Handler] : undefined;
      if (target) this.functions.set(arnOf(id), typeof target === 'function' ? inProcess(target) : target);
    }
  }

  public async start(input: unknown): Promise<ExecutionResult> {
    const visited: string[] = [];
    const context: Context = { invoke: (arn, event) => this.invoke(arn, event), wait: this.wait, visited };
    return this.drive(new Walk(this.definition, structuredClone(input), context), context);
  }

  private async drive(walk: Walk, context: Context): Promise<ExecutionResult> {
    context.visited.length = 0;
    const outcome = await walk.go(() => false);
    if (outcome === 'ABORTED') throw new Error('nobody aborts an execution here');
    const visited = [...context.visited];
    const result = { visited, redrive: () => this.drive(walk, context) };
    return outcome instanceof StatesError
      ? { ...result, status: 'FAILED', error: outcome.name, cause: outcome.message }
      : { ...result, status: 'SUCCEEDED', output: outcome.output };
  }

  private async invoke(arn: string, event: Json): Promise<Json> {
    const target = this.functions.get(arn);
    if (!target) throw new Error(`no function was given for ${arn}`);
    const { payload, functionError } = await target.invoke(event);
    if (functionError) throw new StatesError(functionError.errorType, JSON.stringify(functionError));
    return payload;
  }
}

interface Context {
  readonly invoke: (arn: string, event: Json) => Promise<Json>;
  readonly wait: (milliseconds: number) => Promise<unknown>;
  readonly visited: string[];
}

/** An error that ends an execution: of a name that retries know. */
class StatesError extends Error {
  constructor(
    public override readonly name: string,
    message: string,
  ) {
    super(message);
  }
}

/** One way through a graph of states: an execution's, or a child's. */
class Walk {
  public succeeded = false;
  private state: string;
  private children?: Walk[];

  public constructor(
    private readonly graph: Json,
    private data: Json,
    private readonly context: Context,
  ) {
    onlyKnows(graph, ['StartAt', 'States', 'TimeoutSeconds', 'Comment', 'ProcessorConfig'], 'a state machine');
    this.state = graph.StartAt;
  }

  /** From where it stands to its end. */
  public async go(isAborted: () => boolean): Promise<{ output: Json } | 'ABORTED' | StatesError> {
    try {
      while (!isAborted()) {
        const state = this.graph.States[this.state];
        this.context.visited.push(this.state);
        if (Buffer.byteLength(JSON.stringify(this.data)) > LARGEST_PAYLOAD) {
          throw new StatesError('States.DataLimitExceeded', `the input of ${this.state} is too large`);
        }
        const next = await this.enter(state);
        if (next === undefined) {
          this.succeeded = true;
          return { output: this.data };
        }
        this.state = next;
      }
      return 'ABORTED';
    } catch (error) {
      if (error instanceof StatesError) return error;
      throw error; // a mistake of the test's
    }
  }

  /** @returns the next state; none at the end */
  private async enter(state: Json): Promise<string | undefined> {
    switch (state.Type) {
      case 'Task': {
        onlyKnows(state, ['Type', 'Resource', 'Parameters', 'ResultPath', 'Retry', 'Next', 'End'], this.state);
        const event = selected(state.Parameters, this.data, {});
        this.data = withResult(this.data, state.ResultPath, await this.attempt(state, event));
        return state.End ? undefined : state.Next;
      }
      case 'Choice': {
        onlyKnows(state, ['Type', 'Choices', 'Default'], this.state);
        const choice = state.Choices.find((rule: Json) => matches(rule, this.data)) ?? { Next: state.Default };
        if (choice.Next === undefined) throw new StatesError('States.NoChoiceMatched', this.state);
        return choice.Next;
      }
      case 'Map': {
        await this.map(state);
        return state.End ? undefined : state.Next;
      }
      case 'Succeed':
        onlyKnows(state, ['Type', 'OutputPath'], this.state);
        if (state.OutputPath === null) this.data = {};
        else if (state.OutputPath !== undefined) this.data = valueAt(state.OutputPath, this.data, {});
        return undefined;
      case 'Fail':
        onlyKnows(state, ['Type', 'Error', 'Cause'], this.state);
        throw new StatesError(state.Error, state.Cause);
      default:
        throw new Error(`${this.state}: no state of type ${state.Type} is known`);
    }
  }

  private async attempt(state: Json, event: Json): Promise<Json> {
    const retries = new Map<Json, number>();
    for (;;) {
      try {
        return await this.context.invoke(state.Resource, event);
      } catch (error) {
        if (!(error instanceof StatesError)) throw error;
        const retrier = (state.Retry ?? []).find(({ ErrorEquals }: Json) => ErrorEquals.some(covers(error.name)));
        const retried = retries.get(retrier) ?? 0;
        if (!retrier || retried >= (retrier.MaxAttempts ?? 3)) throw error;
        retries.set(retrier, retried + 1);
        await this.context.wait(delay(retrier, retried));
      }
    }
  }

  private async map(state: Json): Promise<void> {
    onlyKnows(
      state,
      [
        'Type',
        'ItemsPath',
        'ItemSelector',
        'ItemProcessor',
        'MaxConcurrencyPath',
        'Label',
        'ResultPath',
        'Next',
        'End',
      ],
      this.state,
    );
    const items: Json[] = valueAt(state.ItemsPath, this.data, {});
    this.children ??= items.map(
      (Value, Index) =>
        new Walk(
          state.ItemProcessor,
          selected(state.ItemSelector, this.data, { Map: { Item: { Index, Value } } }),
          this.context,
        ),
    );
    const open = this.children.filter(({ succeeded }) => !succeeded);
    const most = valueAt(state.MaxConcurrencyPath, this.data, {}) || open.length;
    let failed = false;
    const worker = async () => {
      // One failed child ends the others: there is no tolerance that this would know of.
      for (let child = open.shift(); child && !failed; child = open.shift()) {
        if ((await child.go(() => failed)) instanceof StatesError) failed = true;
      }
    };
    await Promise.all(Array.from({ length: Math.min(most, open.length) }, worker));
    if (failed) {
      throw new StatesError(
        'States.ExceedToleratedFailureThreshold',
        'The specified tolerated failure threshold was exceeded',
      );
    }
    this.children = undefined;
    if (state.ResultPath !== null) throw new Error(`${this.state}: the results of a Map are not known here`);
  }
}

const onlyKnows = (object: Json, keys: readonly string[], where: string): void => {
  const unknown = Object.keys(object).find((key) => !keys.includes(key));
  if (unknown !== undefined) throw new Error(`${where}: ${unknown} is not known here`);
};

const MISSING = Symbol('missing');

const lookUp = (path: string, data: Json, context: Json): Json => {
  const [root, ...rest] = path.split(/[.[\]]+/).filter(Boolean);
  if (root !== '$' && root !== '$$') throw new Error(`the path ${path} is not known here`);
  let value = root === '$' ? data : context;
  for (const key of rest) {
    if (typeof value !== 'object' || value === null || !(key in value)) return MISSING;
    value = value[key];
  }
  return value;
};

const valueAt = (path: string, data: Json, context: Json): Json => {
  const value = lookUp(path, data, context);
  if (value === MISSING) throw new StatesError('States.Runtime', `there is nothing at ${path}`);
  return value;
};

const selected = (template: Json, data: Json, context: Json): Json => {
  if (template === undefined) return data;
  if (typeof template !== 'object' || template === null) return template;
  if (Array.isArray(template)) return template.map((entry) => selected(entry, data, context));
  return Object.fromEntries(
    Object.entries<Json>(template).map(([key, value]) =>
      key.endsWith('.$') ? [key.slice(0, -2), valueAt(value, data, context)] : [key, selected(value, data, context)],
    ),
  );
};

const withResult = (data: Json, path: string | null | undefined, result: Json): Json => {
  if (path === null) return data;
  if (path === undefined || path === '$') return result;
  const [, key, ...deeper] = path.split('.');
  if (deeper.length > 0) throw new Error(`the ResultPath ${path} is not known here`);
  return { ...data, [key]: result };
};

const matches = (rule: Json, data: Json): boolean => {
  onlyKnows(rule, ['Variable', 'BooleanEquals', 'IsPresent', 'Next'], 'a choice');
  if ('IsPresent' in rule) return (lookUp(rule.Variable, data, {}) !== MISSING) === rule.IsPresent;
  return valueAt(rule.Variable, data, {}) === rule.BooleanEquals;
};

const covers =
  (error: string) =>
  (name: string): boolean => {
    if (/^States\.(?!TaskFailed$|ALL$|Timeout$)/.test(name)) throw new Error(`a retry of ${name} is not known here`);
    return name === error || name === 'States.ALL' || (name === 'States.TaskFailed' && error !== 'States.Timeout');
  };

/** At its longest: jitter shortens it. */
const delay = ({ IntervalSeconds = 1, BackoffRate = 2, MaxDelaySeconds = Infinity }: Json, retried: number): number =>
  Math.min(IntervalSeconds * BackoffRate ** retried, MaxDelaySeconds) * 1000;

/** What the intrinsic functions of a template become at deployment, as far as a definition needs them. */
const definitionOf = (template: Json, logicalId: string | undefined): Json => {
  const definitions = Object.entries<Json>(template.Resources)
    .filter(([id, { Type }]) => Type === 'AWS::StepFunctions::StateMachine' && (logicalId ?? id) === id)
    .map(([, { Properties }]) => JSON.parse(resolved(Properties.DefinitionString)))
    .filter(({ States }) => logicalId !== undefined || 'List' in States);
  if (definitions.length !== 1) throw new Error(`the template has ${definitions.length} such state machines`);
  return definitions[0];
};

const PSEUDO: Record<string, string> = {
  'AWS::Partition': 'aws',
  'AWS::Region': 'eu-west-1',
  'AWS::AccountId': '123456789012',
};

const arnOf = (functionId: string): string => `arn:aws:lambda:eu-west-1:123456789012:function:${functionId}`;

const resolved = (value: Json): string => {
  if (typeof value === 'string') return value;
  if (value['Fn::Join']) return value['Fn::Join'][1].map(resolved).join(value['Fn::Join'][0]);
  if (value['Fn::GetAtt']?.[1] === 'Arn') return arnOf(value['Fn::GetAtt'][0]);
  if (PSEUDO[value.Ref]) return PSEUDO[value.Ref];
  throw new Error(`${JSON.stringify(value)} is not known here`);
};
