import { ValidationError } from "../errors";

const NAMES = ["http_proxy", "https_proxy", "no_proxy", "all_proxy"];

/**
 * Checks that a variable of an environment is none of the proxy's.
 *
 * @param at - the prop, for the message, which never shows the value
 * @throws when it is, in whichever spelling
 * @internal
 */
export function checkProxyVariable(at: string, name: string): void {
  if (!NAMES.includes(name.toLowerCase())) return;
  throw new ValidationError(
    "raw-proxy-variable",
    `${at} must be given as the proxy setting, which tells every program in both spellings and keeps Coder's own host direct; use the proxy setting, with Proxy.containerWide and its noProxy`,
  );
}
