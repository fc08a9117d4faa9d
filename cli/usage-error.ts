/** What is wrong with how the command was called: the message says what to write instead. */
export class UsageError extends Error {
  public override readonly name = "UsageError";
}
