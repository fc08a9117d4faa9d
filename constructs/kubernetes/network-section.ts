import { networkSection, type NetworkSettings } from "../coder/output/network-section";
import type { ReadmeSection } from "../coder/output/readme-section";

/** What never goes through a proxy: names of services, short and in full. */
export const CLUSTER_HOSTS: readonly string[] = [".svc", ".cluster.local"];

/** Who talks to whom around a workspace on Kubernetes. */
export function kubernetesNetworkSection(settings: NetworkSettings): ReadmeSection {
  return networkSection(settings, {
    platform: "the cluster's API",
    puller: ["The node", "the node"],
    directHosts: CLUSTER_HOSTS,
    direct: "the cluster's services (`.svc`, `.cluster.local`)",
    host: "the node",
  });
}
