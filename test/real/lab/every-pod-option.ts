import { Cpu, Size } from "cdktf-coder-envbuilder";
import { type KubernetesPodOptions, KubernetesVolume, NodeRequirement } from "cdktf-coder-envbuilder/kubernetes";

import { settings } from "./settings";

/** Everything that a pod may be told but what excludes the rest. The type says when something is missing. */
export function everyPodOption(): Required<Omit<KubernetesPodOptions, "privileged">> {
  const { pause: image } = settings.images;
  const scratch = KubernetesVolume.emptyDir("/scratch", { size: Size.mebibytes(64), memory: true });
  const extra = {
    image,
    command: ["/bin/sh"],
    args: ["-c", "true"],
    environment: { A: "b" },
    volumes: [scratch.at("/data")],
    user: 1000,
    cpu: Cpu.millis(100),
    memory: Size.mebibytes(64),
    cpuRequest: Cpu.millis(10),
    memoryRequest: Size.mebibytes(16),
    ephemeralStorage: Size.gibibytes(1),
    ephemeralStorageRequest: Size.mebibytes(100),
    extendedResources: { "example.com/license": 1 },
    addCapabilities: ["NET_BIND_SERVICE"],
    allowPrivilegeEscalation: false,
  };
  return {
    cpu: Cpu.millis(1500),
    memory: Size.gibibytes(2),
    cpuRequest: Cpu.cores(1),
    memoryRequest: Size.mebibytes(1024),
    ephemeralStorage: Size.gibibytes(20),
    ephemeralStorageRequest: Size.gibibytes(2),
    extendedResources: { "nvidia.com/gpu": 2 },
    addCapabilities: ["SYS_PTRACE", "SYS_ADMIN"],
    allowPrivilegeEscalation: true,
    nodeSelector: { "kubernetes.io/arch": "amd64" },
    tolerations: [
      { key: "gpu", value: "true", effect: "NoSchedule" },
      { key: "node.kubernetes.io/unreachable", effect: "NoExecute", seconds: 600 },
      { effect: "PreferNoSchedule" },
    ],
    requiredNodes: [NodeRequirement.in("kubernetes.io/os", ["linux"]), NodeRequirement.exists("example.com/pool")],
    preferredNodes: [NodeRequirement.notIn("zone", ["a"]), NodeRequirement.doesNotExist("example.com/spot")],
    spread: true,
    priorityClass: "important",
    runtimeClass: "gvisor",
    volumes: [
      scratch,
      KubernetesVolume.configMap("settings", "/etc/app", { items: { "a.json": "dir/a.json" } }),
      KubernetesVolume.secret("passwords", "/run/passwords"),
      KubernetesVolume.claim("cache", "/var/cache/team", { readOnly: true }),
      KubernetesVolume.hostPath("/srv/shared", "/srv/shared", { type: "Directory", readOnly: true }),
    ],
    hostname: "workstation",
    dns: ["192.0.2.53"],
    dnsSearch: ["corp.example.com"],
    dnsPolicy: "None",
    imagePullSecrets: ["registry"],
    serviceAccount: "builder",
    serviceAccountToken: true,
    initContainers: [{ name: "before", ...extra }],
    sidecars: [{ name: "beside", ...extra, command: ["/bin/sleep"], args: ["inf"] }],
    labels: { "example.com/team": "platform" },
    annotations: { "example.com/note": 'any text: "quotes" and $(VARIABLE)' },
  };
}
