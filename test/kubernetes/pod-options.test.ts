import type { ContainerResources } from "../../constructs/kubernetes/container-resources";
import { FIXED_AMOUNTS, quantities, withRequests } from "../../constructs/kubernetes/container-resources";
import { securityContext, type ContainerSecurity } from "../../constructs/kubernetes/container-security";
import type { EnvbuilderDeploymentProps } from "../../constructs/kubernetes/envbuilder-deployment";
import { KubernetesVolume } from "../../constructs/kubernetes/kubernetes-volume";
import { checkPodOptions } from "../../constructs/kubernetes/pod-options";
import { CaBundle } from "../../constructs/settings/ca-bundle";
import { Cpu } from "../../constructs/settings/cpu";
import { Size } from "../../constructs/settings/size";
import { refusal, refusedBy } from "../refusal";

type Options = Partial<EnvbuilderDeploymentProps>;

function check(options: Options): void {
  checkPodOptions(options, "envbuilder");
}

function amounts(resources: ContainerResources): unknown {
  return quantities(withRequests(resources), FIXED_AMOUNTS);
}

describe("the amounts of a container", () => {
  test("keep a little free, and limit nothing", () => {
    expect(amounts({})).toEqual({ requests: { cpu: "250m", memory: "512Mi" } });
  });

  test("are as the author says", () => {
    expect(
      amounts({
        cpu: Cpu.cores(4),
        memory: Size.gibibytes(8),
        cpuRequest: Cpu.cores(1),
        memoryRequest: Size.gibibytes(2),
        ephemeralStorage: Size.gibibytes(20),
        ephemeralStorageRequest: Size.gibibytes(10),
        extendedResources: { "nvidia.com/gpu": 2 },
      }),
    ).toEqual({
      requests: { cpu: "1", memory: "2Gi", "ephemeral-storage": "10Gi" },
      limits: { cpu: "4", memory: "8Gi", "ephemeral-storage": "20Gi", "nvidia.com/gpu": "2" },
    });
  });

  test("keep no more free than may be used", () => {
    expect(amounts({ cpu: Cpu.millis(100), memory: Size.mebibytes(256) })).toEqual({
      requests: { cpu: "100m", memory: "256Mi" },
      limits: { cpu: "100m", memory: "256Mi" },
    });
  });

  test("are left out of another container where nothing is said", () => {
    expect(quantities({}, FIXED_AMOUNTS)).toBeUndefined();
  });

  test.each<[ContainerResources, string]>([
    [{ cpu: Cpu.cores(1), cpuRequest: Cpu.cores(2) }, "cpu"],
    [{ memory: Size.gibibytes(1), memoryRequest: Size.gibibytes(2) }, "memory"],
    [{ memory: Size.chosenByUser({ default: 4, min: 2 }), memoryRequest: Size.gibibytes(3) }, "memory"],
    [{ cpu: Cpu.chosenByUser({ default: 4 }), cpuRequest: Cpu.cores(2) }, "cpu"],
    [{ ephemeralStorage: Size.gibibytes(1), ephemeralStorageRequest: Size.gibibytes(2) }, "ephemeralStorage"],
  ])("%# fails with request-above-limit", (resources, prop) => {
    expect(refusal(() => check(resources))).toBe(
      `${prop}Request is more than ${prop} or the least that users may choose of it, which Kubernetes refuses; lower ${prop}Request [request-above-limit]`,
    );
  });

  test.each<{ [name: string]: number }>([{ gpu: 1 }, { "nvidia.com/gpu": 0 }, { "nvidia.com/gpu": 0.5 }])(
    "%j fails with extended-resource-malformed",
    (extendedResources) => {
      expect(refusedBy(() => check({ extendedResources }))).toBe("extended-resource-malformed");
    },
  );
});

describe("the rights of a container", () => {
  const least = { privileged: false, seccompProfile: { type: "RuntimeDefault" } };

  test.each<[ContainerSecurity, unknown]>([
    [{}, { ...least, allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"], add: ["CHOWN"] } }],
    [
      { addCapabilities: ["SYS_PTRACE", "CHOWN"], allowPrivilegeEscalation: true },
      { ...least, allowPrivilegeEscalation: true, capabilities: { drop: ["ALL"], add: ["CHOWN", "SYS_PTRACE"] } },
    ],
    [
      { addCapabilities: ["SYS_ADMIN"] },
      { ...least, allowPrivilegeEscalation: true, capabilities: { drop: ["ALL"], add: ["CHOWN", "SYS_ADMIN"] } },
    ],
    [{ privileged: true }, { privileged: true }],
  ])("are the least, and what is given beside: %j", (security, expected) => {
    expect(securityContext(security, ["CHOWN"])).toEqual(expected);
  });

  test.each<[ContainerSecurity, string]>([
    [{ addCapabilities: ["CAP_CHOWN"] }, "capability-malformed"],
    [{ addCapabilities: ["sys_admin"] }, "capability-malformed"],
    [{ privileged: true, addCapabilities: ["SYS_PTRACE"] }, "capabilities-and-privileged"],
    [{ privileged: true, allowPrivilegeEscalation: false }, "privilege-escalation-contradiction"],
    [{ addCapabilities: ["SYS_ADMIN"], allowPrivilegeEscalation: false }, "privilege-escalation-contradiction"],
  ])("%j fails with %s", (security, id) => {
    expect(refusedBy(() => check(security))).toBe(id);
  });
});

describe("checkPodOptions", () => {
  test("takes all that Kubernetes takes, and what only Terraform knows", () => {
    expect(() =>
      check({
        hostname: "box",
        dns: ["10.0.0.1", "${var.dns}"],
        dnsPolicy: "None",
        serviceAccount: "${var.account}",
        imagePullSecrets: ["registry"],
        labels: { "example.com/team": "app" },
        annotations: { "example.com/note": "what ever / you like" },
        nodeSelector: { "kubernetes.io/arch": "${var.arch}" },
        tolerations: [{}, { key: "a", value: "b", effect: "NoExecute", seconds: 60 }, { effect: "NoSchedule" }],
        priorityClass: "low",
        runtimeClass: "gvisor",
        hosts: { "proxy.internal": "${var.address}" },
        sidecars: [{ name: "a", image: "a", user: 0 }],
        initContainers: [{ name: "b", image: "b" }],
      }),
    ).not.toThrow();
  });

  test.each<[Options, string, string]>([
    [{ ca: CaBundle.fromHostFile("/etc/ca.pem") }, "host-ca-on-kubernetes", 'ca is "/etc/ca.pem" of a Docker host'],
    [{ ca: CaBundle.fromHostDirectory("/etc/ca") }, "host-ca-on-kubernetes", "use CaBundle.fromFile"],
    [{ hosts: { a: "host-gateway" } }, "host-gateway-on-kubernetes", 'hosts.a "host-gateway"'],
    [{ hosts: { Proxy: "10.0.0.1" } }, "kubernetes-name-malformed", 'hosts "Proxy"'],
    [{ dns: ["dns.internal"] }, "dns-malformed", 'dns[0] "dns.internal" must be an IP address'],
    [{ dns: ["10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4"] }, "dns-malformed", "dns has 4 addresses"],
    [{ dnsPolicy: "Cluster" }, "dns-malformed", 'dnsPolicy "Cluster" must be one of ClusterFirst'],
    [{ dnsPolicy: "None" }, "dns-malformed", "dnsPolicy None needs name servers"],
    [{ hostname: "my.box" }, "kubernetes-name-malformed", 'hostname "my.box"'],
    [{ serviceAccount: "A" }, "kubernetes-name-malformed", 'serviceAccount "A"'],
    [{ imagePullSecrets: ["a", "B"] }, "kubernetes-name-malformed", 'imagePullSecrets[1] "B"'],
    [{ priorityClass: "A" }, "kubernetes-name-malformed", 'priorityClass "A"'],
    [{ runtimeClass: "A" }, "kubernetes-name-malformed", 'runtimeClass "A"'],
    [{ labels: { "a b": "c" } }, "kubernetes-key-malformed", 'labels "a b"'],
    [{ labels: { a: "b c" } }, "label-value-malformed", 'labels.a "b c"'],
    [{ labels: { "app.kubernetes.io/name": "x" } }, "label-reserved", 'labels has "app.kubernetes.io/name"'],
    [{ labels: { "app.kubernetes.io/instance": "x" } }, "label-reserved", "leave it out"],
    [{ annotations: { "a/b/c": "d" } }, "kubernetes-key-malformed", 'annotations "b/c"'],
    [{ nodeSelector: { "": "x" } }, "kubernetes-key-malformed", 'nodeSelector ""'],
    [{ nodeSelector: { a: "ä" } }, "label-value-malformed", 'nodeSelector.a "ä"'],
    [{ tolerations: [{ value: "x" }] }, "toleration-malformed", 'tolerations[0].value "x" needs a key'],
    [{ tolerations: [{}, { effect: "Never" }] }, "toleration-malformed", 'tolerations[1].effect "Never"'],
    [{ tolerations: [{ seconds: 5 }] }, "toleration-malformed", "tolerations[0].seconds 5"],
    [{ tolerations: [{ effect: "NoExecute", seconds: -1 }] }, "toleration-malformed", "tolerations[0].seconds -1"],
    [{ sidecars: [{ name: "A", image: "a" }] }, "kubernetes-name-malformed", 'sidecars[0].name "A"'],
    [{ sidecars: [{ name: "envbuilder", image: "a" }] }, "container-name-twice", 'sidecars[0].name "envbuilder"'],
    [
      { initContainers: [{ name: "a", image: "a" }], sidecars: [{ name: "a", image: "a" }] },
      "container-name-twice",
      'sidecars[0].name "a"',
    ],
    [{ sidecars: [{ name: "a", image: "a", user: 1.5 }] }, "container-user-malformed", "sidecars[0].user 1.5"],
    [
      { sidecars: [{ name: "a", image: "a", environment: { "a-b": "c" } }] },
      "variable-name-malformed",
      'sidecars[0].environment has the name "a-b"',
    ],
    [
      { sidecars: [{ name: "a", image: "a", memory: Size.gibibytes(1), memoryRequest: Size.gibibytes(2) }] },
      "request-above-limit",
      "sidecars[0].memoryRequest is more",
    ],
    [
      { sidecars: [{ name: "a", image: "a", cpu: Cpu.chosenByUser({ default: 1 }) }] },
      "amount-chosen-by-user",
      "Cpu.chosenByUser has no value",
    ],
    [
      { initContainers: [{ name: "a", image: "a", privileged: true, addCapabilities: ["CHOWN"] }] },
      "capabilities-and-privileged",
      "initContainers[0].addCapabilities",
    ],
    [
      {
        sidecars: [
          { name: "a", image: "a", volumes: [KubernetesVolume.emptyDir("/x"), KubernetesVolume.emptyDir("/x")] },
        ],
      },
      "mount-path-twice",
      "sidecars[0].volumes[1] and sidecars[0].volumes[0]",
    ],
  ])("%# fails with %s", (options, id, text) => {
    const message = refusal(() => check(options));

    expect(message).toContain(`[${id}]`);
    expect(message).toContain(text);
  });
});
