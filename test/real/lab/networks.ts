import { docker, label } from "./docker";
import { settings } from "./settings";

/**
 * Both are internal: nothing leaves this machine, and a container reaches the machine's address on its own network only.
 */
export async function makeNetworks(): Promise<void> {
  for (const { name, subnet, gateway } of [settings.isolated, settings.open]) {
    const addresses = ["--subnet", subnet, "--gateway", gateway];
    await docker(["network", "create", "--internal", ...addresses, ...label(), name]);
  }
}
