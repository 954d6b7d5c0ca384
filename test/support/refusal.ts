/** Attributes as the SDK takes them. */
export const list = (attributes: Readonly<Record<string, string>>) =>
  Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }));

/** What the SDK throws where a call is refused; a call that succeeds fails the test. */
export const refusal = async (call: Promise<unknown>): Promise<{ name: string; message: string; status?: number }> => {
  try {
    await call;
  } catch (error) {
    const { name, message, $metadata } = error as Error & { $metadata?: { httpStatusCode?: number } };
    return { name, message, status: $metadata?.httpStatusCode };
  }
  throw new Error('the call succeeded');
};
