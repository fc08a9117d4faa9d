import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import {
  CaBundle,
  CoderTemplate,
  ImageCache,
  Proxy,
  Repository,
  SetupScript,
  TrustingProgram,
  WorkspaceTrust,
} from "cdktf-coder-envbuilder";
import { DockerWorkspace, type DockerWorkspaceProps } from "cdktf-coder-envbuilder/docker";

import { Certificate } from "../certificates";
import { AppliedWorkspace, behindTheProxy } from "./lab/applied-workspace";
import { ProxyNetwork } from "./lab/proxy-network";
import { daemonImage } from "./lab/registry";
import { stateFolder } from "./lab/state";
import { synthesized } from "./lab/synthesized";

// Who trusts the intercepting proxy once the workspace runs: the programs of a real Debian, through the real Envbuilder. The
// table in docs/trust.md is what this file sees: UPDATE_DOCS=1 writes it.

const page = join(__dirname, "../../docs/trust.md");
const SYSTEM_BUNDLE = "/etc/ssl/certs/ca-certificates.crt";

/** The variables that a container may have for certificates. */
const VARIABLES = ["SSL_CERT_FILE", ...WorkspaceTrust.all().variables];

/** What asks git.test, which the proxy re-signs, and prints whether it trusted the answer. Its argument labels the lines. */
const CHECK = String.raw`
label=$1
url=https://git.test/trust.git
proxy=${"$"}{https_proxy#http://}
dir=$(mktemp -d) && cd "$dir"
trusts() {
  name=$1; shift
  if "$@" >"$dir/out" 2>&1; then answer=yes; else answer=no; fi
  echo "TRUST $label $name $answer $(tail -n 1 "$dir/out" | tr -cd '[:print:]' | cut -c1-150)"
}
without() { # words that only a refused certificate leads to
  words=$1; shift
  "$@" 2>&1 | tee said; ! grep -q "$words" said
}
cat >ask.js <<'END'
const [host, port] = process.argv[2].split(":");
require("http").request({ host, port, method: "CONNECT", path: "git.test:443" }).on("connect", (_, socket) => {
  require("tls").connect({ socket, servername: "git.test" }, () => process.exit(0)).on("error", (error) => {
    console.error(error.message);
    process.exit(1);
  });
}).end();
END
printf '#!/bin/sh\n' >empty
trusts curl curl -sSfo page $url/HEAD
trusts wget wget -qO page $url/HEAD
trusts git git ls-remote $url
# By what it says: its status is also that of a proxy that hangs up first.
trusts openssl sh -c "openssl s_client -proxy $proxy -connect git.test:443 -servername git.test <empty | grep 'Verify return code: 0 (ok)'"
trusts python python3 -c "import urllib.request; urllib.request.urlopen('$url/HEAD')"
trusts requests python3 -c "import requests; requests.get('$url/HEAD').raise_for_status()"
trusts pip without SSLError pip download --no-deps --retries 0 --disable-pip-version-check --index-url $url/simple demo
trusts node node ask.js "$proxy"
trusts apt /usr/lib/apt/apt-helper download-file $url/HEAD page
trusts java without "PKIX\|SSLHandshake" keytool -J-Dhttps.proxyHost=${"$"}{proxy%:*} -J-Dhttps.proxyPort=${"$"}{proxy#*:} -printcrl -file $url/HEAD
`;

const NAMES: Readonly<Record<string, string>> = {
  curl: "curl",
  wget: "wget of Debian (GnuTLS)",
  git: "Git of Debian (GnuTLS)",
  openssl: "openssl",
  python: "Python's own ssl",
  requests: "requests of Debian",
  pip: "pip of Debian",
  node: "Node.js of Debian",
  apt: "apt over HTTPS",
  java: "Java",
};

/** The image is large, and the proxy reads all of it. */
const LIMIT_SEC = 400;
jest.setTimeout(2 * LIMIT_SEC * 1000);

type Verdicts = Readonly<Record<string, string>>;

let lab: ProxyNetwork;
let image: string;

beforeAll(async () => {
  lab = await ProxyNetwork.start();
  image = await lab.javaImage();
}, 300_000);

function applied(name: string, initScript: string, props: Partial<DockerWorkspaceProps>): AppliedWorkspace {
  const directory = synthesized((app) => {
    const template = new CoderTemplate(app, name);
    new DockerWorkspace(template, "workspace", {
      repository: Repository.at("https://git.test/trust.git"),
      proxy: Proxy.containerWide({ url: lab.proxy.url() }),
      ca: CaBundle.fromFile(lab.certificates.proxyCa),
      ...behindTheProxy(lab),
      ...props,
    });
    return template;
  });
  return new AppliedWorkspace(directory, { name, initScript });
}

/** A repository of the checks, built as the lines of a Dockerfile say. */
async function repository(name: string, dockerfile: string): Promise<Repository> {
  const url = await lab.repository(name, {
    "check.sh": CHECK,
    ".devcontainer/devcontainer.json": JSON.stringify({
      build: { dockerfile: "Dockerfile" },
      postCreateCommand: "echo POST-CREATE SSL_CERT_FILE=$SSL_CERT_FILE",
    }),
    ".devcontainer/Dockerfile": dockerfile,
  });
  return Repository.at(url);
}

/** Starts, hands the log after the mark to the test, and removes everything. */
async function logOf(workspace: AppliedWorkspace): Promise<string> {
  try {
    await workspace.start();
    return await workspace.logWith("MARKER\n", 1, LIMIT_SEC);
  } finally {
    await workspace.destroy();
  }
}

function verdicts(log: string, label: string): Verdicts {
  const lines = log.matchAll(new RegExp(`^TRUST ${label} (\\w+) (yes|no)`, "gm"));
  return Object.fromEntries([...lines].map(([, name = "", answer = ""]) => [name, answer]));
}

const all = (answer: string): Verdicts => Object.fromEntries(Object.keys(NAMES).map((name) => [name, answer]));
const cell = (answer: string | undefined): string => (answer === "yes" ? "yes" : "-");
/** A command without some variables. */
const without = (names: readonly string[]): string => `env ${names.map((name) => `-u ${name}`).join(" ")}`;
const END = "echo MARKER; exec sleep 3600";

describe("the programs of a Debian", () => {
  const columns: [string, Verdicts][] = [];

  test("trust as the variables tell them where no store is written", async () => {
    const { SYSTEM_STORE: _, JAVA: __, ...programs } = TrustingProgram;
    const script = [
      `${without(VARIABLES)} sh check.sh nothing`,
      `${without(VARIABLES.slice(1))} sh check.sh one`,
      "sh check.sh variables",
      END,
    ].join("\n");

    const log = await logOf(
      applied("variables", script, {
        repository: await repository("trust", `FROM ${image}\n`),
        trust: WorkspaceTrust.of(...Object.values(programs)),
      }),
    );

    const nothing = verdicts(log, "nothing");
    columns.push(
      ["nothing", nothing],
      ["`SSL_CERT_FILE`", verdicts(log, "one")],
      ["all variables", verdicts(log, "variables")],
    );
    expect(nothing).toEqual(all("no"));
    expect(log).not.toContain("install-ca.sh");
  });

  test("trust by the store, also without the variables, and all of them with both: commands-before-store", async () => {
    const script = [
      "echo SESSION SSL_CERT_FILE=$SSL_CERT_FILE",
      // What it takes from the environment is the proxy.
      'sudo env https_proxy="$https_proxy" sh check.sh store',
      "sh check.sh session",
      // PAM's environment, and nothing of this one's.
      "su - dev -c 'sh /workspaces/trust/check.sh login'",
      END,
    ].join("\n");

    const log = await logOf(
      applied("store", script, { repository: await repository("trust", `FROM ${image}\n`), etcEnvironment: true }),
    );

    columns.push(["the store, by sudo", verdicts(log, "store")], ["the store and variables", verdicts(log, "session")]);
    expect(log).toContain(`trust: ${SYSTEM_BUNDLE} has the certificates`);
    expect(log).toContain("trust: /etc/ssl/certs/java/cacerts has the certificates");
    expect(log).toContain(`SESSION SSL_CERT_FILE=${SYSTEM_BUNDLE}\n`);
    // Commands of the dev container run before: they go by the file of the template.
    expect(log).toContain("POST-CREATE SSL_CERT_FILE=/.envbuilder/certs/ca.pem");
    expect(verdicts(log, "session")).toEqual(all("yes"));
    expect(verdicts(log, "login")).toEqual(all("yes"));
  });

  test("trust for a user who is not root as well, by all that is there by default", async () => {
    const user = await repository("trust", `FROM ${image}\nUSER dev\n`);

    // A server of a private authority that is reached directly, as a Coder server would be, by what downloads its agent.
    const direct = ["curl -sSfo /dev/null", "wget -qO /dev/null"].map(
      (program) => `${program} https://git-direct.test/trust.git/HEAD && echo "DIRECT ${program.split(" ")[0]}"`,
    );

    const log = await logOf(
      applied("user", ["id -un", ...direct, "sh check.sh user", END].join("\n"), {
        repository: user,
        ca: CaBundle.fromFiles([lab.certificates.proxyCa, lab.certificates.upstreamCa]),
        proxy: Proxy.containerWide({ url: lab.proxy.url(), noProxy: ["git-direct.test"] }),
        hosts: { ...behindTheProxy(lab).hosts, "git-direct.test": lab.gateway },
      }),
    );

    expect(log).toContain("\ndev\nDIRECT curl\nDIRECT wget\n");
    expect(verdicts(log, "user")).toEqual(all("yes"));
  });

  test("are as docs/trust.md says", () => {
    const rows = [
      ["", ...columns.map(([title]) => title)],
      columns.map(() => "---").concat("---"),
      ...Object.entries(NAMES).map(([name, title]) => [title, ...columns.map(([, found]) => cell(found[name]))]),
    ];
    const table = rows.map((row) => `| ${row.join(" | ")} |\n`).join("");
    const text = readFileSync(page, "utf8");
    const [before = "", rest = ""] = text.split(/(?<=<!-- who trusts -->\n\n)/);
    const after = rest.replace(/^(?:\|.*\n)*/, "");
    if (process.env["UPDATE_DOCS"] === "1") writeFileSync(page, before + table + after);

    expect(columns).toHaveLength(5);
    expect(readFileSync(page, "utf8")).toBe(before + table + after);
  });
});

describe("a start from a cached image", () => {
  test("has the store right again, and after a rotation loses the authority that is not given any more: cached-image-has-old-store", async () => {
    const cache = `${image.split("/")[0]}/trust-cache`;
    const built = await repository("trust", `FROM ${image}\nRUN echo built >/built.txt\n`);
    const folder = stateFolder("rotated");
    const ca = join(folder, "ca.pem");
    const other = new Certificate({ commonName: "Rotated away" });
    writeFileSync(ca, readFileSync(lab.certificates.proxyCa, "utf8") + other.pem);
    const script = [
      "echo STORE $(openssl crl2pkcs7 -nocrl -certfile $SSL_CERT_FILE | openssl pkcs7 -print_certs -noout | grep -c '^subject.*Rotated away')",
      "echo KEYS $(keytool -list -rfc -cacerts -storepass changeit 2>/dev/null | grep -c 'Alias name: .*workspace-ca-')",
      `sh check.sh cached; ${END}`,
    ].join("\n");

    const pushed = await logOf(
      applied("pushing", END, {
        repository: built,
        cache: ImageCache.at(cache, { push: true, exitOnPushFailure: true }),
      }),
    );
    const workspace = applied("cached", script, {
      repository: built,
      builderImage: daemonImage(`${cache}:latest`),
      ca: CaBundle.fromHostFile(ca),
    });
    let log: string;
    let first: string;
    try {
      await workspace.start();
      first = await workspace.logWith("MARKER\n", 1, LIMIT_SEC);
      copyFileSync(lab.certificates.proxyCa, ca);
      await workspace.restart();
      log = await workspace.logWith("MARKER\n", 2, LIMIT_SEC);
    } finally {
      await workspace.destroy();
    }

    expect(pushed).toContain("MARKER");
    expect(first).toContain("Found magic image file at /.envbuilder/image");
    expect(verdicts(first, "cached")).toEqual(all("yes"));
    expect(log.match(/^(STORE|KEYS) .*$/gm)).toEqual(["STORE 1", "KEYS 2", "STORE 0", "KEYS 1"]);
  });
});

/** Says who it is and what it knows, and ends with a status. */
const failing = (status: number): string =>
  `#!/bin/busybox sh\necho "OWN $(id -un) $TARGET_USER $SSL_CERT_FILE $GREETING"\nexit ${status}`;

async function logWithSetup(setupScript: SetupScript): Promise<string> {
  // An image without any store.
  const built = await repository("trust", `FROM ${lab.baseImage}\nUSER dev\n`);
  return await logOf(
    applied("own", `echo SESSION; ${END}`, { repository: built, setupScript, environment: { GREETING: "hi" } }),
  );
}

describe("the author's own setup script", () => {
  test("ends the workspace where it is required and fails, after what it printed", async () => {
    const failed = await logWithSetup(SetupScript.required(failing(3)));

    expect(failed).toContain(`OWN root dev ${SYSTEM_BUNDLE} hi`);
    expect(failed).toContain("run setup script: exit status 3");
    expect(failed).not.toContain("SESSION\n");
    // The command is in the log, its text is not.
    expect(failed).toContain("/bin/busybox sh /.envbuilder/scripts/setup.sh");
    expect(failed).not.toContain("GREETING");
  });

  test("is a line in the log where it may fail", async () => {
    const failed = await logWithSetup(SetupScript.bestEffort(failing(3)));

    expect(failed).toContain("the setup script failed with status 3");
    expect(failed).toContain("SESSION\nMARKER");
  });
});
