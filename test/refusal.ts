import { Errors, type ValidationError } from "../constructs/errors";

/** The message of the check that refuses. Whatever else is thrown goes on; every message has the same shape. */
export function refusal(action: () => unknown): string {
  const { id, message } = refused(action);
  expect(message.endsWith(` [${id}]`)).toBe(true);
  // The rule, then the remedy.
  expect(message).toContain("; ");
  expect(message).not.toContain(". [");
  return message;
}

/** The id of the check that refuses. */
export function refusedBy(action: () => unknown): string {
  refusal(action);
  return refused(action).id;
}

/** The message of the check that refuses, or undefined where all is well. Anything else that is thrown goes on. */
export function verdict(action: () => unknown): string | undefined {
  try {
    action();
    return undefined;
  } catch (error) {
    if (isRefusal(error)) return error.message;
    throw error;
  }
}

function refused(action: () => unknown): ValidationError {
  try {
    action();
  } catch (error) {
    if (isRefusal(error)) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}

function isRefusal(error: unknown): error is ValidationError {
  return Errors.isValidationError(error);
}
