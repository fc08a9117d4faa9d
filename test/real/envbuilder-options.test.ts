import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { ENVBUILDER_OPTIONS, optionNamed } from "../../constructs/envbuilder/options";
import { checkProxyUrl } from "../../constructs/settings/proxy-url";
import { type CommandResult, command } from "./lab/command";
import { stateFolder } from "./lab/state";
import { tool } from "./lab/tools";

// The table and the checks of options against the Envbuilder that they speak of.

/** Hidden: Envbuilder says nothing of it. */
const UNSAID = "ENVBUILDER_BINARY_PATH";

let root = "";

beforeAll(() => {
  root = stateFolder("envbuilder");
  copyFileSync(tool("envbuilder"), join(root, "envbuilder"));
});

interface HelpEntry {
  readonly name: string;
  readonly type: string;
  readonly default?: string;
  readonly description: string;
}

async function help(): Promise<HelpEntry[]> {
  const { stdout, stderr } = await command(tool("envbuilder"), ["--help"]);
  return `${stdout}${stderr}`
    .split(/^ {6}--/m)
    .slice(1)
    .map((entry) => {
      const [head = "", ...lines] = entry.split("\n");
      const found = /^\S+ (?<type>\S+), \$(?<name>\w+)(?: \(default: (?<value>.*)\))?$/.exec(head)?.groups ?? {};
      const description = lines.map((line) => line.trim()).join(" ");
      return { name: found["name"] ?? head, type: found["type"] ?? "", default: found["value"], description };
    });
}

/**
 * Envbuilder in a root of its own, told to look for a cached image: it reads its environment, may clone, and ends without a
 * build. A build would replace the root by the image, whatever else is in it.
 */
function envbuilder(env: Readonly<Record<string, string>>): Promise<CommandResult> {
  return command("chroot", [root, "/envbuilder"], {
    env: { PATH: "/usr/sbin:/usr/bin:/sbin:/bin", ...env, ENVBUILDER_GET_CACHED_IMAGE: "true" },
    statuses: [1],
  });
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : 1;
}

function accepted(action: () => void): boolean {
  try {
    action();
    return true;
  } catch {
    return false;
  }
}

describe("ENVBUILDER_OPTIONS", () => {
  test("have the names, types and defaults of Envbuilder's help", async () => {
    const entries = await help();
    const ours = ENVBUILDER_OPTIONS.filter(({ name }) => name !== UNSAID).map(({ name, type }) => ({ name, type }));

    expect(entries.map(({ name, type }) => ({ name, type })).sort(byName)).toEqual(ours.sort(byName));
    for (const entry of entries) {
      const known = optionNamed(entry.name)?.default;
      const said = entry.default ?? /Default: `([^`]*)`/.exec(entry.description)?.[1];
      // That of ENVBUILDER_IGNORE_PATHS is nowhere; the tests of whole workspaces show that it is what it is.
      const expected = entry.name === "ENVBUILDER_IGNORE_PATHS" ? known : said === "false" ? undefined : said;
      expect([entry.name, known]).toEqual([entry.name, expected]);
    }
  });
});

describe("checkProxyUrl", () => {
  // Nobody listens there, and Envbuilder says where it knocked.
  test.each([
    "http://127.0.0.1:1",
    "https://127.0.0.1:1/",
    "socks5://127.0.0.1:1",
    "socks5h://127.0.0.1:1",
    "HTTP://[::1]:1",
    "127.0.0.1:1",
    "http://127.0.0.1:port",
    "http://127.0.0.1:1%",
  ])("takes for Git what Envbuilder reads as a proxy: %s", async (url) => {
    const ours = accepted(() => checkProxyUrl("proxy.gitUrl", url));
    const { text } = await envbuilder({
      ENVBUILDER_CACHE_REPO: "127.0.0.1:1/cache",
      ENVBUILDER_GIT_URL: "http://git.test/app",
      ENVBUILDER_GIT_HTTP_PROXY_URL: url,
      ENVBUILDER_WORKSPACE_FOLDER: join("/workspaces", encodeURIComponent(url)),
    });

    expect(/dial tcp (127\.0\.0\.1|\[::1\]):1: connect: /.test(text)).toBe(ours);
  });
});
