// What Lambda's runtime does inside an environment: loads the handler once, then serves one event after another.
// Plain JavaScript, since the child process runs without a transform. Arguments: the bundle, the memory size in MB.
const [, , bundle, memoryMb] = process.argv;
const MAX_RESPONSE_BYTES = 6291556; // Lambda's own limit, as its message states it

const describe = (error) =>
  error instanceof Error
    ? { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? '').split('\n') }
    : { errorType: typeof error, errorMessage: String(error), trace: [] };

let current;

// Marks the end of an invocation's output, so that the parent knows it has read all of it.
const answer = (message) => {
  const id = current;
  current = undefined;
  process.stdout.write(`\0END ${id}\n`);
  process.stderr.write(`\0END ${id}\n`);
  process.send({ id, ...message });
};

// Lambda fails the invocation and discards the environment.
const crash = (errorType) => (error) => {
  const functionError = describe(error);
  if (current !== undefined)
    answer({ crashed: true, functionError: { ...functionError, errorType: errorType ?? functionError.errorType } });
  process.disconnect();
  process.exit(129);
};
process.on('uncaughtException', crash());
process.on('unhandledRejection', crash('Runtime.UnhandledPromiseRejection'));
process.on('disconnect', () => process.exit());

const serialise = (payload) => {
  const text = JSON.stringify(payload) ?? 'null'; // a handler that returns nothing answers null
  const bytes = Buffer.byteLength(text);
  if (bytes <= MAX_RESPONSE_BYTES) return { payload: text };
  return {
    functionError: {
      errorType: 'Function.ResponseSizeTooLarge',
      errorMessage: `Response payload size exceeded maximum allowed payload size (${MAX_RESPONSE_BYTES} bytes).`,
      trace: [],
    },
  };
};

const serve = (handler) => async (invocation) => {
  current = invocation.id;
  const name = process.env.AWS_LAMBDA_FUNCTION_NAME;
  const context = {
    awsRequestId: invocation.id,
    callbackWaitsForEmptyEventLoop: true,
    functionName: name,
    functionVersion: '$LATEST',
    getRemainingTimeInMillis: () => Math.max(0, invocation.deadline - Date.now()),
    invokedFunctionArn: `arn:aws:lambda:${process.env.AWS_REGION}:123456789012:function:${name}`,
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    memoryLimitInMB: memoryMb,
  };
  let message;
  try {
    message = serialise(await handler(JSON.parse(invocation.event), context));
  } catch (error) {
    message = { functionError: describe(error) };
  }
  if (current === invocation.id) answer(message);
};

(async () => {
  try {
    // import() serves CommonJS and ECMAScript modules alike.
    const module = await import(require('node:url').pathToFileURL(bundle).href);
    const [, name] = process.env._HANDLER.split('.');
    const handler = module[name] ?? module.default?.[name];
    if (typeof handler !== 'function')
      throw Object.assign(new Error(`index.${name} is undefined or not exported`), { name: 'Runtime.HandlerNotFound' });
    process.on('message', serve(handler));
    process.send({ ready: true });
  } catch (error) {
    process.send({ initError: describe(error) }, () => process.exit(1));
  }
})();
