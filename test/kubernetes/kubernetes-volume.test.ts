import { KubernetesVolume } from "../../constructs/kubernetes/kubernetes-volume";
import { NodeRequirement } from "../../constructs/kubernetes/node-requirement";
import { PodVolumes } from "../../constructs/kubernetes/pod-volumes";
import { Size } from "../../constructs/settings/size";
import { refusal, refusedBy } from "../refusal";

/** The volume and the mount of a pod that has this one alone. */
function rendered(volume: KubernetesVolume): unknown[] {
  const volumes = new PodVolumes();
  const mount = volumes.mountOf(volume);
  return [...volumes.blocks(), mount];
}

describe("KubernetesVolume", () => {
  test.each([
    [KubernetesVolume.emptyDir("/x"), { emptyDir: {} }, {}],
    [
      KubernetesVolume.emptyDir("/x", { size: Size.mebibytes(64), memory: true }),
      { emptyDir: { medium: "Memory", sizeLimit: "64Mi" } },
      {},
    ],
    [KubernetesVolume.configMap("app", "/x"), { configMap: { name: "app" } }, { readOnly: true }],
    [
      KubernetesVolume.configMap("app", "/x", { items: { "a.json": "dir/b.json" } }),
      { configMap: { name: "app", items: [{ key: "a.json", path: "dir/b.json" }] } },
      { readOnly: true },
    ],
    [KubernetesVolume.secret("${var.name}", "/x"), { secret: { secretName: "${var.name}" } }, { readOnly: true }],
    [KubernetesVolume.claim("cache", "/x"), { persistentVolumeClaim: { claimName: "cache" } }, {}],
    [
      KubernetesVolume.claim("cache", "/x", { readOnly: true }),
      { persistentVolumeClaim: { claimName: "cache" } },
      { readOnly: true },
    ],
    [KubernetesVolume.hostPath("/dev/fuse", "/x"), { hostPath: { path: "/dev/fuse" } }, {}],
    [
      KubernetesVolume.hostPath("/srv", "/x", { type: "Directory", readOnly: true }),
      { hostPath: { path: "/srv", type: "Directory" } },
      { readOnly: true },
    ],
  ])("%# is a volume and a mount", (volume, block, mount) => {
    expect(rendered(volume)).toEqual([
      { name: "volume-1", ...block },
      { name: "volume-1", mountPath: "/x", ...mount },
    ]);
  });

  test("is in a pod once, at whatever places", () => {
    const volumes = new PodVolumes();
    const shared = KubernetesVolume.emptyDir("/a");

    expect([volumes.mountOf(shared), volumes.mountOf(shared.at("/b"))]).toEqual([
      { name: "volume-1", mountPath: "/a" },
      { name: "volume-1", mountPath: "/b" },
    ]);
    expect(volumes.mountOf(KubernetesVolume.emptyDir("/a")).name).toBe("volume-2");
    expect(volumes.blocks()).toHaveLength(2);
  });

  test("does not keep the author's collections", () => {
    const items = { a: "a" };
    const volume = KubernetesVolume.secret("s", "/s", { items });
    Object.assign(items, { b: "b" });

    expect(rendered(volume)[0]).toMatchObject({ secret: { items: [{ key: "a", path: "a" }] } });
  });

  test.each(["data", "", "/a/../b", "/..", "/"])("fails with host-path-impossible on %j", (path) => {
    expect(refusal(() => KubernetesVolume.hostPath(path, "/x"))).toBe(
      `volume host path ${JSON.stringify(path)} must be an absolute path of the node below / and without .., which Kubernetes refuses; write it from the root [host-path-impossible]`,
    );
  });

  test("fails with host-path-impossible on a file that is written as a directory", () => {
    expect(refusal(() => KubernetesVolume.hostPath("/srv/file/", "/x", { type: "File" }))).toContain(
      'volume host path "/srv/file/" ends like a directory, and type "File" wants none',
    );
    expect(() => KubernetesVolume.hostPath("/srv/dir/", "/x", { type: "DirectoryOrCreate" })).not.toThrow();
  });

  test("fails on what Kubernetes does not know", () => {
    expect(refusedBy(() => KubernetesVolume.hostPath("/srv", "/x", { type: "directory" }))).toBe(
      "host-path-type-unknown",
    );
    expect(refusedBy(() => KubernetesVolume.configMap("A", "/x"))).toBe("kubernetes-name-malformed");
    expect(refusedBy(() => KubernetesVolume.secret("a_b", "/x"))).toBe("kubernetes-name-malformed");
    expect(refusedBy(() => KubernetesVolume.claim("", "/x"))).toBe("kubernetes-name-malformed");
    expect(refusedBy(() => KubernetesVolume.secret("a", "/x", { items: { "a b": "x" } }))).toBe(
      "kubernetes-key-malformed",
    );
  });

  test.each(["/etc/x", "../x", "a/../../x", ""])("fails with volume-item-malformed on %j", (path) => {
    expect(refusal(() => KubernetesVolume.configMap("app", "/x", { items: { key: path } }))).toBe(
      `volume ConfigMap "app" items.key ${JSON.stringify(path)} must be a relative path without ..; write it as "app/settings.json" [volume-item-malformed]`,
    );
  });
});

describe("NodeRequirement", () => {
  test("compares a label", () => {
    expect(NodeRequirement.in("example.com/zone", ["a", "b"]).expression()).toEqual({
      key: "example.com/zone",
      operator: "In",
      values: ["a", "b"],
    });
    expect(NodeRequirement.notIn("zone", ["a"]).expression()).toEqual({
      key: "zone",
      operator: "NotIn",
      values: ["a"],
    });
    expect(NodeRequirement.exists("gpu").expression()).toEqual({ key: "gpu", operator: "Exists" });
    expect(NodeRequirement.doesNotExist("gpu").expression()).toEqual({ key: "gpu", operator: "DoesNotExist" });
  });

  test("fails on what no node can be", () => {
    expect(refusedBy(() => NodeRequirement.in("zone", []))).toBe("node-requirement-without-value");
    expect(refusedBy(() => NodeRequirement.exists("a b"))).toBe("kubernetes-key-malformed");
    expect(refusedBy(() => NodeRequirement.notIn("zone", ["a b"]))).toBe("label-value-malformed");
  });
});
