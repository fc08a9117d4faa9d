import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { Certificate } from "../certificates";
import { scratchFolder } from "../scratch";
import { tlsServer, tunnelTo } from "./servers";
import { cli } from "./terminal";

// What docs/command-line.md shows is what the command prints, but for addresses, days and fingerprints.
// UPDATE_DOCS=1 writes it into the page.

const page = join(__dirname, "../../docs/command-line.md");

/** What a command of the page is run with, and what the page shows instead of the test's own values. */
interface Shown {
  readonly args: readonly string[];
  readonly environment?: NodeJS.ProcessEnv;
  readonly instead: Readonly<Record<string, string>>;
}

const commands: Readonly<Record<string, () => Promise<Shown>>> = {
  intercepted: async () => await behindProxy(),
  trusted: async () => {
    const { args, instead } = await behindProxy();
    const file = join(scratchFolder(), "corporate-root.pem");
    writeFileSync(file, proxyRoot.pem);
    return { args: [...args, "--ca", file], instead: { ...instead, [file]: "certs/corporate-root.pem" } };
  },
  "without-subject-alt-name": async () => {
    const port = await tlsServer([new Certificate({ commonName: "registry.example.com", isAuthority: false })]);
    const args = ["inspect", `registry.example.com:${port}`, "--address", "127.0.0.1"];
    return { args, instead: { [`registry.example.com:${port}`]: "registry.example.com:443" } };
  },
  bundle: async () => {
    const old = new Certificate({ commonName: "Example Corp Old Root", beginsInDays: -900, endsInDays: -30 });
    const [one, two, out] = [
      textFile("corporate-root.pem", proxyRoot.pem),
      textFile("old-root.pem", old.pem),
      join(scratchFolder(), "ca.pem"),
    ];
    const instead = { [one]: "corporate-root.pem", [two]: "old-root.pem", [out]: "certs/ca.pem" };
    return { args: ["bundle", one, two, "--out", out], instead };
  },
  "from-proxy": async () => {
    const { args, instead } = await behindProxy();
    const at = ["--from-proxy", args.at(-1) ?? "", "--host", "git.example.com"];
    return { args: ["bundle", ...at, "--out", join(scratchFolder(), "none.pem")], instead };
  },
  check: async () => {
    const folder = join(scratchFolder(), "handwritten");
    mkdirSync(folder);
    const main = `variable "proxy" {}\n\nresource "coder_agent" "dev_agent" {\n  os   = "linux"\n  arch = "amd64"\n}\n`;
    const home = `\nresource "docker_volume" "home" {\n  name = "home-\${data.coder_workspace.me.name}"\n}\n`;
    writeFileSync(join(folder, "main.tf"), main + home);
    return { args: ["check", folder], instead: {} };
  },
  "build-help": async () => {
    const file = textFile("root.pem", proxyRoot.pem);
    const proxy = "http://proxy.example.com:3128";
    return await Promise.resolve({ args: ["build-help", "--proxy", proxy, "--ca", file], instead: {} });
  },
  doctor: async () => {
    const { args, instead } = await behindProxy();
    const file = textFile("corporate.pem", proxyRoot.pem);
    const proxy = args.at(-1) ?? "";
    const environment = {
      https_proxy: proxy,
      HTTPS_PROXY: proxy,
      SSL_CERT_FILE: file,
      REQUESTS_CA_BUNDLE: file,
      NODE_EXTRA_CA_CERTS: "/usr/local/share/ca.pem",
    };
    return {
      args: ["doctor", "git.example.com"],
      environment,
      instead: { ...instead, [file]: "/.envbuilder/certs/ca.pem" },
    };
  },
};

function textFile(name: string, content: string): string {
  const path = join(scratchFolder(), name);
  writeFileSync(path, content);
  return path;
}

const root = new Certificate({ commonName: "Example Git Root" });
const proxyRoot = new Certificate({ commonName: "Example Corp TLS Inspection" });

async function behindProxy(): Promise<Shown> {
  const leaf = { commonName: "git.example.com", hosts: ["git.example.com"], isAuthority: false, endsInDays: 90 };
  const port = await tlsServer([new Certificate({ ...leaf, issuer: root })]);
  const seen = new Certificate({ ...leaf, issuer: proxyRoot });
  const proxy = await tunnelTo(await tlsServer([seen, proxyRoot]));
  return {
    args: ["inspect", `git.example.com:${port}`, "--address", "127.0.0.1", "--proxy", `http://127.0.0.1:${proxy}`],
    instead: { [`git.example.com:${port}`]: "git.example.com:443", [`127.0.0.1:${proxy}`]: "proxy.example.com:3128" },
  };
}

/** What is another one at each run, or with another Node. */
function masked(text: string): string {
  return text
    .replaceAll(/\d{4}-\d\d-\d\d/g, "DAY")
    .replaceAll(/(?:[0-9A-F]{2}:){31}[0-9A-F]{2}/g, "FINGERPRINT")
    .replaceAll(/\d+ certificates, \d+ of them/g, "N certificates, N of them");
}

test.each(Object.keys(commands))("%s prints what the page shows", async (name) => {
  const { args, environment, instead } = (await commands[name]?.()) ?? { args: [], instead: {} };
  const { out } = await cli(args, environment);
  let wanted = out;
  for (const [own, shown] of Object.entries({ ...instead, "(127.0.0.1,": "(192.0.2.10," })) {
    wanted = wanted.replaceAll(own, shown);
  }
  const text = readFileSync(page, "utf8");
  const pattern = new RegExp(`(<!-- command: ${name} -->\n\n\`\`\`sh\n[^]*?\`\`\`\n\n\`\`\`text\n)([^]*?)(\`\`\`)`);
  const [, head = "", shown = "", tail = ""] = pattern.exec(text) ?? [];

  if (process.env["UPDATE_DOCS"] === "1" && masked(shown) !== masked(wanted)) {
    writeFileSync(
      page,
      text.replace(pattern, () => head + wanted + tail),
    );
    return;
  }
  expect(head).not.toBe("");
  expect(masked(shown)).toBe(masked(wanted));
});

test("every command of the page is run", () => {
  const shown = [...readFileSync(page, "utf8").matchAll(/<!-- command: (\S+) -->/g)].map(([, name]) => name);

  expect(shown).toEqual(Object.keys(commands));
});
