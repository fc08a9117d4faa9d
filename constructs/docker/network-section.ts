import { networkSection, type NetworkSettings } from "../coder/output/network-section";
import type { ReadmeSection } from "../coder/output/readme-section";
import { configRegistries, type PullSettings } from "./registry-logins";

/** Who talks to whom around a workspace on Docker. */
export function dockerNetworkSection(settings: NetworkSettings & PullSettings): ReadmeSection {
  return networkSection(settings, {
    platform: "the Docker daemon",
    puller: ["The Docker daemon", "the daemon"],
    direct: "the Docker host",
    directHosts: ["host.docker.internal"],
    host: "the Docker host",
    pulled: configRegistries(settings),
  });
}
