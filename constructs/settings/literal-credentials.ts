import { ValidationError } from "../errors";
import { withStandIns } from "./stretches";

/**
 * Checks that no URL in a value of an environment has a password that everybody may read. One that is a reference, or the
 * name of a variable that a program puts in, is none.
 *
 * @param at - the prop, for the message, which never shows the value
 * @throws when a URL has a literal password
 * @internal
 */
export function checkLiteralCredentials(at: string, value: string): void {
  // No password has a zero byte.
  const passwords = withStandIns(value, "\0").matchAll(/[a-z][a-z0-9+.-]*:\/\/[^\s/?#@:]*:([^\s/?#@]+)@/gi);
  for (const [, password = ""] of passwords) {
    if (/^(?:\0+|\$\w+|\$\$\{\w+\})$/.test(password)) continue;
    throw new ValidationError(
      "secret-in-template",
      `${at} holds a URL with a password, which would stand in the synthesized template; give the whole value as secretEnvironment, from a sensitive variable`,
    );
  }
}
