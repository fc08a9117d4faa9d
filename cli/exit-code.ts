/** What the process ends with. */
export enum ExitCode {
  /** All is as it should be. */
  GOOD = 0,
  /** It was looked at, and something is wrong. */
  BAD = 1,
  /** The command was called wrongly, or a file cannot be read. */
  USAGE = 2,
  /** There was no answer to judge by. */
  NO_ANSWER = 3,
}
