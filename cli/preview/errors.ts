/** What went wrong, in one sentence with its remedy: the command prints it and nothing else. */
export class CommandError extends Error {}

/** The words of whatever was thrown, on one line; of the file system's errors without the path, which stands beside them. */
export function reasonOf(error: unknown): string {
  const { message = String(error), code } = Object(error) as { readonly message?: string; readonly code?: string };
  const [line] = message.split('\n');
  return code === undefined ? line.trim() : line.split(',')[0].trim();
}
