import * as fc from "fast-check";
import { ignorePaths } from "../../constructs/envbuilder/ignore-paths";
import { refusal, refusedBy, verdict } from "../refusal";

const defaults = "/var/run,/product_uuid,/product_name";
const paths = (extra: string[], readOnlyMounts: string[] = []): string | undefined =>
  ignorePaths("extraIgnorePaths", extra, readOnlyMounts);

describe("ignorePaths", () => {
  test("leaves Envbuilder's default where nothing is added", () => {
    expect(paths([])).toBeUndefined();
    expect(paths(["/var/run", "/product_name"], ["/var/run/secrets"])).toBeUndefined();
  });

  test("adds to the defaults, which setting the option would take away, sorted and each once: ignore-paths-replaced", () => {
    expect(paths(["/srv/b", "/srv/a", "/srv/b"])).toBe(`${defaults},/srv/a,/srv/b`);
  });

  test("adds read-only mounts, which Envbuilder could not move: read-only-mount-not-movable", () => {
    expect(paths([], ["/certs", "/etc/app/config.json"])).toBe(`${defaults},/certs,/etc/app/config.json`);
  });

  test.each(["/.envbuilder/more", "/dev/shm", "/proc/x", "/sys/x", "/etc/resolv.conf", "/var/run/secrets"])(
    "adds no mount that Envbuilder never moves: %s",
    (mount) => {
      expect(paths([], [mount])).toBeUndefined();
    },
  );

  test("adds no mount twice that an extra path covers, and one that only begins alike", () => {
    expect(paths(["/srv"], ["/srv/certs", "/srv-2"])).toBe(`${defaults},/srv,/srv-2`);
  });

  test("takes references as they are", () => {
    expect(paths(["${var.path}"], ["${var.mount}"])).toBe(`${defaults},\${var.mount},\${var.path}`);
  });

  test.each([
    ["", "must be absolute"],
    ["certs", "must be absolute"],
    ["./certs", "must be absolute"],
    ["/certs/", "must be absolute"],
    ["/a//b", "must be absolute"],
    ["/a/../b", "must be absolute"],
    ["/", "would make Envbuilder leave the whole filesystem alone"],
    ["/a b", "must be free of"],
    [" /a", "must be absolute"],
    ["/a\n", "must be free of"],
    ["/a,/b", "must be free of"],
    ['/a"b', "must be free of"],
    ["/a*", "must be free of"],
    ["/a?", "must be free of"],
    ["/[a]", "must be free of"],
    ["/a\\b", "must be free of"],
    ["/a\0", "must be free of"],
  ])("fails with ignore-path-malformed on %j, which %s", (path, rule) => {
    expect(refusal(() => paths(["/ok", path]))).toMatch(
      new RegExp(`^extraIgnorePaths\\[1\\] .* ${rule}.*\\[ignore-path-malformed\\]$`, "s"),
    );
  });

  test("fails with ignore-path-malformed on a read-only mount that the list cannot name", () => {
    expect(refusal(() => paths([], ["/my certs"]))).toContain('the read-only mount "/my certs" must be free of blanks');
  });

  test.each(["/etc/ssl", "/etc/ssl/certs", "/etc", "/usr/local/share/ca-certificates", "/usr"])(
    "fails with ignored-certificate-store on %s",
    (path) => {
      expect(refusedBy(() => paths([path]))).toBe("ignored-certificate-store");
    },
  );

  test("takes or refuses any path, and makes a list that reads as it was meant", () => {
    const part = fc.constantFrom("/", "a", "b", ".", "..", ",", '"', " ", "*", "\n", "/srv");
    const path = fc.array(part, { maxLength: 6 }).map((all) => all.join(""));
    fc.assert(
      fc.property(fc.array(path, { maxLength: 3 }), (extra) => {
        let value: string | undefined;
        const message = verdict(() => (value = paths(extra)));

        const read = value?.split(",") ?? [];
        expect(message !== undefined || extra.every((one) => read.includes(one))).toBe(true);
        expect(read.every((one) => one.startsWith("/") && !/[\s"]/.test(one))).toBe(true);
      }),
    );
  });
});
