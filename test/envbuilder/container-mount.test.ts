import { checkMounts, mountWarnings } from "../../constructs/envbuilder/container-mount";
import { refusal, refusedBy, verdict } from "../refusal";

const check = (...paths: string[]): void =>
  checkMounts(
    "mounts",
    paths.map((path) => ({ path, readOnly: true })),
  );

function ids(path: string, readOnly = true, folder?: string): string[] {
  return mountWarnings([{ path, readOnly }], folder).map(({ id }) => id);
}

describe("checkMounts", () => {
  test.each([
    "/workspaces",
    "/home/coder/.cache",
    "/certs",
    "/var/run/docker.sock",
    "/usr/share/data",
    "/usr/lib/jvm",
    "/etc/ssl-more",
    "/library",
    "/.envbuilder/more",
    "/.envbuilder/config.json",
    "/.envbuilder/binaries",
    "/.envbuilder-cache",
    "${var.path}",
  ])("takes %s", (path) => {
    expect(verdict(() => check(path))).toBeUndefined();
  });

  test.each(["", "/", "certs", "./certs", "/certs/", "/a/../b", "/a//b"])(
    "fails with mount-path-malformed on %j",
    (path) => {
      expect(refusedBy(() => check(path))).toBe("mount-path-malformed");
    },
  );

  test.each(["/certs", "${var.path}"])("fails with mount-path-twice on %s", (path) => {
    expect(refusal(() => check("/a", path, path))).toBe(
      `mounts[2] and mounts[1] are both mounted at "${path}"; move one of them [mount-path-twice]`,
    );
  });

  test.each([
    ["/etc/ssl", "/etc/ssl"],
    ["/etc/ssl/certs/ca-certificates.crt", "/etc/ssl"],
    ["/etc", "/etc/ssl"],
    ["/etc/pki/tls", "/etc/pki"],
    ["/usr/local/share/ca-certificates/corp.crt", "/usr/local/share/ca-certificates"],
    ["/usr/local", "/usr/local/share/ca-certificates"],
    ["/etc/ca-certificates/trust-source", "/etc/ca-certificates"],
  ])("fails with mount-over-certificate-store on %s", (path, store) => {
    expect(refusal(() => check(path))).toBe(
      `mounts[0] "${path}" hides the image's certificate store in ${store} and breaks every package that writes it; give certificates as ca [mount-over-certificate-store]`,
    );
  });

  test.each(["/bin", "/lib/jvm", "/lib64/ld.so", "/sbin/tool"])(
    "fails with mount-below-image-symlink on %s",
    (path) => {
      expect(refusedBy(() => check(path))).toBe("mount-below-image-symlink");
    },
  );

  test.each([
    "/.envbuilder",
    "/.envbuilder/bin/envbuilder",
    "/.envbuilder/certs",
    "/.envbuilder/host-certs/ca.pem",
    "/.envbuilder/trust",
    "/.envbuilder/scripts/mine.sh",
    "/.envbuilder/system-bundle",
    "/.envbuilder/.docker",
    "/.envbuilder/mnt/certs",
    "/.envbuilder/stages",
    "/.envbuilder/0",
    "/.envbuilder/12/etc",
  ])("fails with mount-in-envbuilder-directory on %s", (path) => {
    expect(refusedBy(() => check(path))).toBe("mount-in-envbuilder-directory");
  });
});

describe("mountWarnings", () => {
  test.each(["/workspaces/app/certs", "/home/coder/.config", "/root/.ssh", "/workspaces"])(
    "warn with read-only-mount-in-workspace of %s",
    (path) => {
      expect(ids(path)).toEqual(["read-only-mount-in-workspace"]);
    },
  );

  test("warn with read-only-mount-in-workspace in a folder of the author's choice", () => {
    expect(ids("/srv/app/certs", true, "/srv/app")).toEqual(["read-only-mount-in-workspace"]);
    expect(ids("/srv/app/certs")).toEqual([]);
  });

  test.each(["/home", "/home/coder", "/root"])("warn with mount-hides-image-home of %s", (path) => {
    expect(ids(path, false)).toEqual(["mount-hides-image-home"]);
    expect(ids(path)).toEqual(["read-only-mount-in-workspace", "mount-hides-image-home"]);
  });

  test("are silent where the mount can be written, or lies elsewhere", () => {
    expect(ids("/home/coder/projects", false)).toEqual([]);
    expect(ids("/workspaces", false)).toEqual([]);
    expect(ids("/homes")).toEqual([]);
  });
});
