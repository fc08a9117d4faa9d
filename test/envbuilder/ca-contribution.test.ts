import { type CaContribution, contributeCa } from "../../constructs/envbuilder/ca-contribution";
import { Environment } from "../../constructs/envbuilder/environment";
import type { FilePiece } from "../../constructs/envbuilder/planned-file";
import { CaBundle, CaDelivery } from "../../constructs/settings/ca-bundle";
import { literalOf } from "../../constructs/settings/text";
import { publicRoots } from "../../constructs/settings/public-roots";
import { TrustingProgram, WorkspaceTrust } from "../../constructs/settings/workspace-trust";
import { Certificate } from "../certificates";
import { refusal } from "../refusal";

const ca = new Certificate();
const other = new Certificate({ commonName: "Other CA" });
const { GIT_ONLY, DIRECTORY } = CaDelivery;
const git = WorkspaceTrust.of(TrustingProgram.GIT);

const own = {
  kind: "carried",
  name: "certs/ca.pem",
  text: `# "CN=Corporate Root CA"\n${ca.pem}# "CN=Other CA"\n${other.pem}`,
};
const roots = {
  kind: "carried",
  name: "certs/public-roots.pem",
  text: `# The public certificate authorities, as Mozilla selects them.\n${publicRoots()}`,
};

interface Contributed extends CaContribution {
  readonly env: Record<string, string | undefined>;
  readonly content: Record<string, readonly FilePiece[]>;
  readonly ids: string[];
}

function contribute(bundle: CaBundle, trust = git, direct = false): Contributed {
  const env = new Environment();
  const contribution = contributeCa(bundle, trust, direct, env);
  return {
    ...contribution,
    env: Object.fromEntries(env.sorted().map(({ name, value }) => [name, literalOf(value)])),
    content: Object.fromEntries(contribution.files.map(({ path, content }) => [path, content])),
    ids: contribution.warnings.map(({ id }) => id),
  };
}

const pathsWith = (trust: WorkspaceTrust): string[] =>
  contribute(CaBundle.fromPem(ca.pem), trust).files.map(({ path }) => path);

const firstWarning = (bundle: CaBundle): string | undefined =>
  contribute(bundle, WorkspaceTrust.all(), true).warnings[0]?.message;

describe("contributeCa", () => {
  test("puts the bundle and the public authorities in one file below /.envbuilder, and names it to all that is trusted in: public-roots-replaced, certificates-too-long, certificates-of-one-program", () => {
    const { env, content, mounts, warnings, certificates } = contribute(
      CaBundle.fromPem(ca.pem + other.pem),
      WorkspaceTrust.all(),
    );

    expect(content).toEqual({
      "/.envbuilder/certs/ca.pem": [own, roots],
      "/.envbuilder/certs/private-ca.pem": [own],
    });
    expect(certificates).toBe("/.envbuilder/certs/private-ca.pem");
    expect(env).toEqual({
      AWS_CA_BUNDLE: "/.envbuilder/certs/ca.pem",
      CURL_CA_BUNDLE: "/.envbuilder/certs/ca.pem",
      GIT_SSL_CAINFO: "/.envbuilder/certs/ca.pem",
      NODE_EXTRA_CA_CERTS: "/.envbuilder/certs/ca.pem",
      PIP_CERT: "/.envbuilder/certs/ca.pem",
      REQUESTS_CA_BUNDLE: "/.envbuilder/certs/ca.pem",
      SSL_CERT_FILE: "/.envbuilder/certs/ca.pem",
    });
    expect(mounts).toEqual([]);
    expect(warnings).toEqual([]);
  });

  test("merges the public authorities unless they are left out, so that no lone CA hides them: lone-ca-hides-public-roots", () => {
    const lone = contribute(CaBundle.fromPem(ca.pem + other.pem, { publicRoots: false }), git, true);

    expect(lone.content).toEqual({ "/.envbuilder/certs/ca.pem": [own] });
    expect(lone.ids).toEqual(["lone-ca-hides-public-roots"]);
  });

  test("is silent about public authorities that are left out where every host is reached through the proxy", () => {
    expect(contribute(CaBundle.fromPem(ca.pem, { publicRoots: false }), git, false).ids).toEqual([]);
  });

  test("takes a variable's certificates in the place of carried ones", () => {
    const { env, content } = contribute(CaBundle.fromVariable({ stringValue: "${var.ca}" }));

    expect(content).toEqual({
      "/.envbuilder/certs/ca.pem": [{ kind: "text", text: ["${var.ca}", "\n"] }, roots],
    });
    expect(env).toEqual({
      GIT_SSL_CAINFO: "/.envbuilder/certs/ca.pem",
      SSL_CERT_FILE: "/.envbuilder/certs/ca.pem",
    });
  });

  test("puts each certificate in a file of its own for a directory, and all in one for programs that find none there", () => {
    const { env, content, ids } = contribute(CaBundle.fromPem(ca.pem + other.pem, { delivery: DIRECTORY }));

    expect(env).toEqual({
      GIT_SSL_CAINFO: "/.envbuilder/trust/ca.pem",
      SSL_CERT_DIR: "/.envbuilder/certs",
      SSL_CERT_FILE: "/.envbuilder/trust/ca.pem",
    });
    expect(content).toEqual({
      "/.envbuilder/certs/01-corporate-root-ca.pem": [
        { kind: "carried", name: "certs/01-corporate-root-ca.pem", text: `# "CN=Corporate Root CA"\n${ca.pem}` },
      ],
      "/.envbuilder/certs/02-other-ca.pem": [
        { kind: "carried", name: "certs/02-other-ca.pem", text: `# "CN=Other CA"\n${other.pem}` },
      ],
      "/.envbuilder/trust/ca.pem": [own, roots],
    });
    expect(ids).toEqual([]);
  });

  test("hands certificates to the clone alone where the author says so, and warns with base64-ca-is-git-only", () => {
    const { env, files, ids } = contribute(CaBundle.fromPem(ca.pem + other.pem, { delivery: GIT_ONLY }), git, true);

    expect(env).toEqual({ ENVBUILDER_SSL_CERT_BASE64: Buffer.from(ca.pem + other.pem).toString("base64") });
    expect(files).toEqual([]);
    expect(ids).toEqual(["base64-ca-is-git-only"]);
  });

  test("fails with variable-too-long where certificates for the clone do not fit", () => {
    const bundle = CaBundle.fromPem(publicRoots(), { delivery: GIT_ONLY });

    expect(refusal(() => contribute(bundle))).toMatch(
      /^ENVBUILDER_SSL_CERT_BASE64, set by ca, has \d+ bytes: .*\[variable-too-long\]$/,
    );
  });

  test("mounts a file of the host, the public authorities in a directory beside it for Go to add up", () => {
    const { env, content, mounts, ids } = contribute(CaBundle.fromHostFile("/etc/corp/ca.pem"));

    expect(mounts).toEqual([
      { source: { kind: "host", path: "/etc/corp/ca.pem" }, path: "/.envbuilder/host-certs/ca.pem" },
    ]);
    expect(env).toEqual({
      GIT_SSL_CAINFO: "/.envbuilder/host-certs/ca.pem",
      SSL_CERT_DIR: "/.envbuilder/certs",
      SSL_CERT_FILE: "/.envbuilder/host-certs/ca.pem",
    });
    expect(content).toEqual({ "/.envbuilder/certs/public-roots.pem": [roots] });
    expect(ids).toEqual([]);
  });

  test("warns with host-file-hides-public-roots where hosts are reached directly", () => {
    const { warnings } = contribute(CaBundle.fromHostFile("/etc/corp/ca.pem"), git, true);

    expect(warnings).toEqual([
      {
        id: "host-file-hides-public-roots",
        message:
          "a file of the host cannot be merged with the public authorities: Go and Node add it to them, but other programs that go by SSL_CERT_FILE, GIT_SSL_CAINFO trust it alone and fail at hosts that are reached directly; put the public authorities into it, or use CaBundle.fromFile",
      },
    ]);
  });

  test("mounts a lone file of the host", () => {
    const { env, files, ids } = contribute(CaBundle.fromHostFile("/ca.pem", { publicRoots: false }), git, true);

    expect(env).toEqual({
      GIT_SSL_CAINFO: "/.envbuilder/host-certs/ca.pem",
      SSL_CERT_FILE: "/.envbuilder/host-certs/ca.pem",
    });
    expect(files).toEqual([]);
    expect(ids).toEqual(["lone-ca-hides-public-roots"]);
  });

  test("mounts a directory of the host, the public authorities in a file beside it", () => {
    const { env, content, mounts, ids } = contribute(CaBundle.fromHostDirectory("/etc/corp"), WorkspaceTrust.none());

    expect(mounts).toEqual([{ source: { kind: "host", path: "/etc/corp" }, path: "/.envbuilder/host-certs" }]);
    expect(env).toEqual({
      SSL_CERT_DIR: "/.envbuilder/host-certs",
      SSL_CERT_FILE: "/.envbuilder/certs/public-roots.pem",
    });
    expect(content).toEqual({ "/.envbuilder/certs/public-roots.pem": [roots] });
    expect(ids).toEqual([]);
  });

  test("warns with ca-directory-not-for-every-program of a directory that is to be trusted by more", () => {
    const { env, warnings } = contribute(CaBundle.fromHostDirectory("/etc/corp", { publicRoots: false }));

    expect(env).toEqual({ SSL_CERT_DIR: "/.envbuilder/host-certs" });
    expect(warnings).toMatchObject([
      {
        id: "ca-directory-not-for-every-program",
        message: expect.stringContaining(" named in GIT_SSL_CAINFO, which "),
      },
    ]);
  });

  test.each<[string, CaBundle]>([
    ["config-map", CaBundle.fromConfigMap("corporate-ca")],
    ["secret", CaBundle.fromSecret("corporate-ca")],
  ])("mounts an entry of a %s, the public authorities in a directory beside it", (kind, bundle) => {
    const { env, content, mounts, warnings } = contribute(bundle, git, true);

    expect(mounts).toEqual([
      { source: { kind, name: "corporate-ca", key: "ca.crt" }, path: "/.envbuilder/cluster-certs/ca.pem" },
    ]);
    expect(env).toEqual({
      GIT_SSL_CAINFO: "/.envbuilder/cluster-certs/ca.pem",
      SSL_CERT_DIR: "/.envbuilder/certs",
      SSL_CERT_FILE: "/.envbuilder/cluster-certs/ca.pem",
    });
    expect(content).toEqual({ "/.envbuilder/certs/public-roots.pem": [roots] });
    expect(warnings).toMatchObject([
      {
        id: "cluster-ca-hides-public-roots",
        message: expect.stringMatching(/^a (ConfigMap|Secret) of the cluster cannot be merged /),
      },
    ]);
    expect(contribute(bundle, git, false).warnings).toEqual([]);
  });

  test.each<[string, CaBundle, string | undefined]>([
    ["a file", CaBundle.fromPem(ca.pem), "/.envbuilder/certs/private-ca.pem"],
    ["a file without the public ones", CaBundle.fromPem(ca.pem, { publicRoots: false }), "/.envbuilder/certs/ca.pem"],
    ["a directory", CaBundle.fromPem(ca.pem, { delivery: DIRECTORY }), "/.envbuilder/certs"],
    ["a variable", CaBundle.fromVariable({ stringValue: "${var.ca}" }), "/.envbuilder/certs/private-ca.pem"],
    ["a file of the host", CaBundle.fromHostFile("/ca.pem"), "/.envbuilder/host-certs/ca.pem"],
    ["a directory of the host", CaBundle.fromHostDirectory("/certs"), "/.envbuilder/host-certs"],
    ["an entry of a ConfigMap", CaBundle.fromConfigMap("ca"), "/.envbuilder/cluster-certs/ca.pem"],
    ["the clone alone", CaBundle.fromPem(ca.pem, { delivery: GIT_ONLY }), undefined],
  ])("says where the private ones are without the public ones, for the stores: %s", (_, bundle, expected) => {
    const { certificates, content, files, mounts } = contribute(bundle, WorkspaceTrust.all());

    expect(certificates).toBe(expected);
    const there = [...files, ...mounts].map(({ path }) => path);
    expect(expected === undefined || there.some((path) => path.startsWith(expected))).toBe(true);
    expect(JSON.stringify(content[expected ?? ""] ?? "")).not.toContain("public-roots");
  });

  test("carries the private ones once more only where a store takes them", () => {
    expect(pathsWith(git)).toEqual(["/.envbuilder/certs/ca.pem"]);
    expect(pathsWith(WorkspaceTrust.of(TrustingProgram.JAVA))).toContain("/.envbuilder/certs/private-ca.pem");
    expect(pathsWith(WorkspaceTrust.of(TrustingProgram.SYSTEM_STORE))).toContain("/.envbuilder/certs/private-ca.pem");
  });

  test("says of what hides the public authorities that with the system's store it does so only until that is written", () => {
    expect(firstWarning(CaBundle.fromHostFile("/ca.pem"))).toContain(
      " trust it alone in commands of the dev container and ",
    );
    expect(firstWarning(CaBundle.fromHostDirectory("/certs"))).toContain(
      " do not trust it in commands of the dev container;",
    );
  });

  test("hands on what the certificates themselves are warned of", () => {
    const server = new Certificate({ isAuthority: false, hosts: ["proxy.test"] });

    expect(contribute(CaBundle.fromPem(server.pem)).ids).toEqual(["ca-is-no-authority"]);
  });
});
