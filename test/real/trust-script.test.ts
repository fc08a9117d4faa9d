import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

import { Certificate } from "../certificates";
import { Chroot } from "./lab/chroot";
import { command, type CommandResult } from "./lab/command";
import { SHELLS, prepared } from "./lab/template-scripts";

// What the scripts of a template do to the stores of the distributions: to a real Debian, and to the layouts of the others
// with tools that record how they are called, in every shell that /bin/sh is somewhere.

const PRIVATE = "/.envbuilder/certs/private-ca.pem";
const RESULT = "/.envbuilder/system-bundle";
const DEBIAN_BUNDLE = "/etc/ssl/certs/ca-certificates.crt";
const OURS = /^workspace-ca-[0-9a-f]+\.crt$/gm;

const one = new Certificate({ commonName: "One" }).pem;
const two = new Certificate({ commonName: "Two" }).pem;
const three = new Certificate({ commonName: "Three" }).pem;
const vendor = new Certificate({ commonName: "Vendor" }).pem;

async function install(
  root: Chroot,
  pem: string,
  shell: readonly string[] = ["dash"],
  stores = "system",
): Promise<CommandResult> {
  root.write(PRIVATE, pem);
  return await run(root, shell, PRIVATE, stores);
}

async function run(root: Chroot, shell: readonly string[], source: string, stores = "system"): Promise<CommandResult> {
  const environment = { SSL_CERT_FILE: "/.envbuilder/certs/ca.pem" };
  const args = [...shell, "/.envbuilder/scripts/install-ca.sh", source, ...stores.split(" ")];
  const result = await root.run(args, environment);
  // Whatever happens, no workspace ends of it.
  expect(result.status).toBe(0);
  return result;
}

const base64 = (pem: string): string => pem.replaceAll(/-----[A-Z ]+-----|\s/g, "");

/** Which of our certificates a file holds, in order, and how often. */
function held(text: string | undefined): string[] {
  const names = new Map([one, two, three, vendor].map((pem, index) => [base64(pem), String(index + 1)]));
  return [...(text ?? "").matchAll(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g)].flatMap(
    ([pem]) => names.get(base64(pem)) ?? [],
  );
}

async function list(root: Chroot, folder: string): Promise<string> {
  return (await command("ls", ["-1", join(root.folder, folder)], { statuses: [0, 2] })).stdout;
}

/** A tool that records its call and does what the real one does: joins the vendor's certificates and the author's. */
function stub(root: Chroot, name: string, anchors: string, bundle: string, status = 0): void {
  const copy = `cat /vendor.pem ${anchors}/*.crt >${bundle} 2>/dev/null`;
  root.write(
    `/usr/sbin/${name}`,
    `#!/bin/sh\necho "${name} $*" >>/calls\necho noise\n${copy}\nexit ${status}\n`,
    0o755,
  );
  root.write("/vendor.pem", vendor);
}

describe("a real Debian", () => {
  let root: Chroot;

  beforeAll(async () => {
    root = prepared(await Chroot.debian());
  }, 120_000);

  test.each(SHELLS)(
    "gets each certificate as a file, a hash link and a part of the bundle, once, by %s",
    async (_, words) => {
      const text = `# "CN=One"\r\n${one.replaceAll("\n", "\r\n")}junk\n${two}${one}${three.trimEnd()}`;

      const first = await install(root, text, words);
      const after = root.read(DEBIAN_BUNDLE);
      const second = await install(root, text, words);

      expect(first.stderr).toBe("");
      expect(first.stdout).toBe(`trust: ${DEBIAN_BUNDLE} has the certificates\n`);
      expect(second.text).toBe(first.text);
      expect(root.read(DEBIAN_BUNDLE)).toBe(after);
      expect(held(after).sort()).toEqual(["1", "2", "3"]);
      expect(after).not.toContain("\r");
      expect((await list(root, "/usr/local/share/ca-certificates")).match(OURS)).toHaveLength(3);
      expect(root.read(RESULT)).toBe(`${DEBIAN_BUNDLE}\n`);
      // By hash alone, without the bundle.
      root.write("/one.pem", one);
      const verify = ["openssl", "verify", "-no-CAfile", "-CApath", "/etc/ssl/certs", "/one.pem"];
      expect((await root.run(verify)).stdout).toBe("/one.pem: OK\n");
      // Whoever calls in between finds its shell as it was.
      expect(
        (await root.run(["sh", "-ec", `sh /.envbuilder/scripts/install-ca.sh ${PRIVATE} system; echo on`])).stdout,
      ).toMatch(/on\n$/);
    },
  );

  test("loses what is no longer given, and keeps what is not ours", async () => {
    root.write("/usr/local/share/ca-certificates/theirs.crt", vendor);
    await install(root, one + two);
    const before = held(root.read(DEBIAN_BUNDLE));
    const { stderr } = await install(root, two);

    expect(before.sort()).toEqual(["1", "2", "4"]);
    expect(stderr).toBe("");
    expect(held(root.read(DEBIAN_BUNDLE)).sort()).toEqual(["2", "4"]);
    expect((await list(root, "/usr/local/share/ca-certificates")).match(OURS)).toHaveLength(1);
    expect((await list(root, "/etc/ssl/certs")).match(/^workspace-ca-\d+\.pem$/gm)).toHaveLength(1);
    expect(
      (await root.run(["sh", "-c", "cd /etc/ssl/certs; for it in *; do [ -e $it ] || echo $it; done"])).stdout,
    ).toBe("");
    root.write("/one.pem", one);
    expect((await root.run(["openssl", "verify", "-CApath", "/etc/ssl/certs", "/one.pem"])).text).toContain("error");
  });

  test("takes all certificates of a folder, and leaves out what is none", async () => {
    root.write("/.envbuilder/host-certs/b.pem", two);
    root.write("/.envbuilder/host-certs/a.crt", one);
    root.write("/.envbuilder/host-certs/README", "no certificate");
    root.write("/.envbuilder/host-certs/der.cer", Buffer.from(base64(three), "base64").toString("latin1"));
    root.write("/.envbuilder/host-certs/..hidden/c.pem", three);

    await run(root, ["dash"], "/.envbuilder/host-certs");

    expect(held(root.read(DEBIAN_BUNDLE)).sort()).toEqual(["1", "2", "4"]);
  });

  test.each([
    ["is not there", undefined],
    ["is empty", ""],
    ["holds no certificate", "-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----\n"],
    ["holds what breaks off", one.slice(0, 200)],
    ["holds a certificate that is none", one.replace(/\n[^-]{20}/, "\n<html> proxy error </html>")],
  ])("stays as it is where the file %s, with a word about it", async (_, text) => {
    await install(root, one);
    const before = root.read(DEBIAN_BUNDLE);
    if (text === undefined) rmSync(join(root.folder, PRIVATE));
    else root.write(PRIVATE, text);

    const { stderr, stdout } = await run(root, ["dash"], PRIVATE);

    expect(stderr).toMatch(/^trust: no certificate in \/\.envbuilder\/certs\/private-ca\.pem$/m);
    expect(stdout).toBe("");
    expect(root.read(DEBIAN_BUNDLE)).toBe(before);
    // The session must not go by a store of which nobody knows what it holds.
    expect(root.read(RESULT)).toBeUndefined();
  });

  test("stays as it is for anybody but root", async () => {
    root.write(PRIVATE, two);
    const script = ["dash", "/.envbuilder/scripts/install-ca.sh", PRIVATE, "system", "java"];
    const result = await root.run(script, {}, "1000:1000");

    expect(result).toMatchObject({ status: 0, stdout: "", stderr: "trust: not root: nothing is changed\n" });
  });

  test("gets its bundle even where its own tool fails, with the tool's words", async () => {
    const tool = "/usr/sbin/update-ca-certificates";
    const real = root.read(tool) ?? "";
    root.write(tool, "#!/bin/sh\necho 'no space' >&2\nexit 3\n", 0o755);
    const { stdout, stderr } = await install(root, three);
    const failing = held(root.read(DEBIAN_BUNDLE));
    root.write(tool, real, 0o755);
    await install(root, two);

    expect(stderr).toBe("trust: update-ca-certificates failed:\nno space\n");
    expect(stdout).toContain("has the certificates");
    expect(failing).toContain("3");
    expect(held(root.read(DEBIAN_BUNDLE)).sort()).toEqual(["2", "4"]);
  });

  test("is left alone where it cannot be written", async () => {
    const { folder } = root;
    await install(root, one);
    root.write(PRIVATE, two);
    const inside = `mount --bind ${folder} ${folder} && mount -o remount,ro,bind ${folder} && mount -t tmpfs none ${folder}/tmp && chroot ${folder} sh /.envbuilder/scripts/install-ca.sh ${PRIVATE} system`;
    const { stderr, status } = await command("unshare", ["--mount", "sh", "-c", inside]);

    expect(status).toBe(0);
    expect(stderr).toContain("trust: cannot write to /usr/local/share/ca-certificates");
    expect(stderr).toContain("programs go by the container's variables");
    expect(held(root.read(DEBIAN_BUNDLE))).toContain("1");
  });
});

interface Distribution {
  readonly name: string;
  readonly tool: string;
  readonly anchors: string;
  readonly bundle: string;
  readonly call: string;
  /** A link that programs know the bundle by. */
  readonly link?: string;
}

const DISTRIBUTIONS: Distribution[] = [
  {
    name: "Fedora, Red Hat and Amazon",
    tool: "update-ca-trust",
    anchors: "/etc/pki/ca-trust/source/anchors",
    bundle: "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
    link: "/etc/pki/tls/certs/ca-bundle.crt",
    call: "update-ca-trust extract",
  },
  {
    name: "SUSE",
    tool: "update-ca-certificates",
    anchors: "/etc/pki/trust/anchors",
    bundle: "/var/lib/ca-certificates/ca-bundle.pem",
    link: "/etc/ssl/ca-bundle.pem",
    call: "update-ca-certificates ",
  },
  {
    name: "Arch",
    tool: "trust",
    anchors: "/etc/ca-certificates/trust-source/anchors",
    bundle: "/etc/ca-certificates/extracted/tls-ca-bundle.pem",
    link: "/etc/ssl/certs/ca-certificates.crt",
    call: "trust extract-compat",
  },
  {
    name: "Alpine",
    tool: "update-ca-certificates",
    anchors: "/usr/local/share/ca-certificates",
    bundle: "/etc/ssl/certs/ca-certificates.crt",
    link: "/etc/ssl/cert.pem",
    call: "update-ca-certificates ",
  },
];

const matrix = DISTRIBUTIONS.flatMap((distribution) =>
  SHELLS.map(([shell, words]) => ({ ...distribution, shell, words })),
);

async function laidOut({ tool, anchors, bundle, link }: Distribution, status = 0): Promise<Chroot> {
  const root = prepared(await Chroot.small());
  root.write(`${anchors}/.keep`, "");
  root.write(bundle, vendor);
  if (link !== undefined) root.link(link, bundle);
  stub(root, tool, anchors, bundle, status);
  return root;
}

describe("the layout of other distributions", () => {
  test.each(matrix)("$name: calls its own tool, by $shell", async (distribution) => {
    const { anchors, bundle, link, call, words } = distribution;
    const root = await laidOut(distribution);
    const { stdout, stderr } = await install(root, one + two, words);
    const again = await install(root, one + two, words);
    const rotated = await install(root, two, words);

    expect(stderr + again.stderr + rotated.stderr).toBe("");
    expect(stdout).toMatch(/^trust: \/etc\/\S+ has the certificates\n$/);
    expect(root.read("/calls")).toBe(`${call}\n`.repeat(3));
    expect(held(root.read(bundle))).toEqual(["4", "2"]);
    expect((await list(root, anchors)).match(OURS)).toHaveLength(1);
    const found = (root.read(RESULT) ?? "").trim();
    expect(found === bundle || found === link).toBe(true);
  });

  test("a tool that does nothing: the files themselves are completed, links stay links, and are taken back", async () => {
    const [distribution] = DISTRIBUTIONS;
    if (!distribution) throw new Error("no distribution");
    const root = await laidOut(distribution);
    root.write(`/usr/sbin/${distribution.tool}`, "#!/bin/sh\n", 0o755);
    // Without the end of its last line.
    root.write(distribution.bundle, vendor.trimEnd());

    await install(root, one);
    const first = root.read(distribution.bundle);
    await install(root, two);

    expect(held(first)).toEqual(["4", "1"]);
    expect(held(root.read(distribution.bundle))).toEqual(["4", "2"]);
    const kind = await command("stat", ["-c", "%F", join(root.folder, distribution.link ?? "")]);
    expect(kind.stdout).toBe("symbolic link\n");
  });

  test.each(SHELLS)(
    "no tool, but a file of all authorities: it holds ours in a block that is replaced, by %s",
    async (_, words) => {
      const root = prepared(await Chroot.small());
      root.write("/etc/ssl/cert.pem", vendor);

      await install(root, one + two, words);
      const first = root.read("/etc/ssl/cert.pem");
      await install(root, one + two, words);
      const second = root.read("/etc/ssl/cert.pem");
      await install(root, three, words);

      expect(held(first).sort()).toEqual(["1", "2", "4"]);
      expect(second).toBe(first);
      expect(held(root.read("/etc/ssl/cert.pem"))).toEqual(["4", "3"]);
      expect(root.read(RESULT)).toBe("/etc/ssl/cert.pem\n");
      // For whoever installs ca-certificates later.
      expect(
        held(await root.run(["sh", "-c", "cat /usr/local/share/ca-certificates/*"]).then((it) => it.stdout)),
      ).toEqual(["3"]);
    },
  );

  test("no store at all: it gets what the container trusts, public authorities and all, and loses what is not given any more", async () => {
    const root = prepared(await Chroot.small());
    root.write("/.envbuilder/certs/ca.pem", one + vendor);

    const { stderr } = await install(root, one);
    const first = held(root.read(DEBIAN_BUNDLE));
    root.write("/.envbuilder/certs/ca.pem", two + vendor);
    await install(root, two);

    expect(stderr).toBe("");
    expect(new Set(first)).toEqual(new Set(["1", "4"]));
    expect(new Set(held(root.read(DEBIAN_BUNDLE)))).toEqual(new Set(["2", "4"]));
    expect(root.read(RESULT)).toBe(`${DEBIAN_BUNDLE}\n`);
  });

  test.each(SHELLS)("a bundle of 150 certificates is gone through in seconds, by %s", async (_, words) => {
    const root = prepared(await Chroot.small());
    const many = (
      readFileSync("/etc/ssl/certs/ca-certificates.crt", "utf8").match(/-----BEGIN[^]+?-----END CERTIFICATE-----\n/g) ??
      []
    ).join("");
    root.write("/etc/ssl/cert.pem", many);
    const start = Date.now();

    const { stderr } = await install(root, many + one, words);

    expect(stderr).toBe("");
    expect(held(root.read("/etc/ssl/cert.pem"))).toEqual(["1"]);
    expect(Date.now() - start).toBeLessThan(20_000);
  });
});

/** A JDK whose keytool keeps its entries as `Alias name:` and PEM, as the real one prints them, and records its calls. */
function jdk(root: Chroot, home: string): void {
  const keytool = `#!/bin/sh
echo "$*" >>/calls
while [ $# -gt 0 ]; do
  case $1 in -keystore) store=$2 ;; -alias) alias=$2 ;; -file) file=$2 ;; -list | -delete | -importcert) do=$1 ;; esac
  shift
done
case $do in
  -list) cat $store ;;
  -delete) sed -i "/^Alias name: $alias\\$/,/^-----END/d" $store ;;
  -importcert) { echo "Alias name: $alias"; cat $file; } >>$store ;;
esac
`;
  root.write(`${home}/bin/keytool`, keytool, 0o755);
  root.write(`${home}/lib/security/cacerts`, `Alias name: vendor\n${vendor}`);
}

describe("Java", () => {
  test.each(SHELLS)(
    "each key store gets what it lacks and loses what is ours and not given, by %s",
    async (_, words) => {
      const root = prepared(await Chroot.small());
      const homes = ["/usr/lib/jvm/jdk-21", "/usr/local/sdkman/candidates/java/17", "/opt/java/openjdk"];
      for (const home of homes) jdk(root, home);
      // The same one by other names.
      root.link("/usr/lib/jvm/default", "jdk-21");
      root.link("/usr/local/sdkman/candidates/java/current", "17");
      // As Debian's hook names it.
      const store = "/usr/lib/jvm/jdk-21/lib/security/cacerts";
      root.write(store, `Alias name: debian:workspace-ca-12345.pem\n${three}${root.read(store)}`);

      const { stdout, stderr } = await install(root, one, words, "java");
      const first = root.read("/calls")?.match(/^-importcert/gm);
      await install(root, one, words, "java");
      const second = root.read("/calls")?.match(/^-importcert/gm);
      await install(root, two, words, "java");

      expect(stderr).toBe("");
      expect(stdout.split("\n").sort()).toEqual(
        ["", ...homes.map((home) => `trust: ${home}/lib/security/cacerts has the certificates`)].sort(),
      );
      expect(first).toHaveLength(3);
      expect(second).toHaveLength(3);
      for (const home of homes) expect(held(root.read(`${home}/lib/security/cacerts`))).toEqual(["4", "2"]);
      // Not asked for.
      expect(root.read(DEBIAN_BUNDLE)).toBeUndefined();
    },
  );

  test("a keytool that fails is named, and the next key store is done", async () => {
    const root = prepared(await Chroot.small());
    for (const home of ["/opt/jdk-1", "/opt/jdk-2"]) jdk(root, home);
    root.write("/opt/jdk-1/bin/keytool", "#!/bin/sh\necho 'keystore was tampered with'; exit 1\n", 0o755);

    const { stdout, stderr } = await install(root, one, ["dash"], "system java");

    expect(stderr).toMatch(/^trust: \/opt\/jdk-1\/bin\/keytool -list .* failed:\nkeystore was tampered with$/m);
    expect(stdout).toContain("trust: /opt/jdk-2/lib/security/cacerts has the certificates");
  });
});
