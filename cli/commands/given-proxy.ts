import { type ProxyAddress, readProxy } from "../network/proxy-address";
import { UsageError } from "../usage-error";

/**
 * A proxy that an option names.
 *
 * @throws when it holds credentials, which every user of the machine sees in the list of processes
 */
export function givenProxy(option: string, text: string): ProxyAddress {
  refuseCredentials(option, text);
  return readProxy(text, option);
}

/**
 * Of a proxy of any scheme that an option names.
 *
 * @throws when it holds credentials
 */
export function refuseCredentials(option: string, text: string): void {
  if (!text.includes("@")) return;
  throw new UsageError(
    `${option} holds a user or a password, which everybody on this machine can read in the list of processes; set the environment variable HTTPS_PROXY to the whole URL instead`,
  );
}
