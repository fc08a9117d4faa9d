import { docker, label } from "./docker";
import { settings } from "./settings";

/**
 * Both are internal: nothing leaves this machine, and a container reaches the machine's address on its own network only.
 */
export async function makeNetworks(): Promise<void> {
  for (const { name, bridge, subnet, gateway, containers } of [settings.isolated, settings.open]) {
    const addresses = ["--subnet", subnet, "--gateway", gateway, "--ip-range", containers];
    // A name of ours: should a daemon be killed and leave the bridge behind, the next one takes it over.
    const device = ["--opt", `com.docker.network.bridge.name=${bridge}`];
    await docker(["network", "create", "--internal", ...addresses, ...device, ...label(), name]);
  }
}
