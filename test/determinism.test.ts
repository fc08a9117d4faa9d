import { execFile } from "node:child_process";
import { mkdirSync } from "node:fs";
import { homedir, userInfo } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { scratchFolder } from "./scratch";
import { filesIn } from "./util";

const root = dirname(__dirname);
const MARKER = "hunter2-from-the-environment";

/** What a process writes that synthesizes a template with everything in a folder of its own. */
async function synthesizedIn(name: string, program: string): Promise<Record<string, string>> {
  const cwd = join(scratchFolder(), `${name}-${program}`);
  mkdirSync(cwd);
  await promisify(execFile)(
    process.execPath,
    ["--require", require.resolve("tsx/cjs"), join(__dirname, `${program}.ts`)],
    {
      cwd,
      env: {
        ...process.env,
        TSX_TSCONFIG_PATH: join(root, "tsconfig.json"),
        TZ: name === "one" ? "UTC" : "Asia/Tokyo",
        LC_ALL: name === "one" ? "C" : "de_DE.UTF-8",
        // Places where secrets of the real world are.
        https_proxy: `http://coder:${MARKER}@proxy.example.com:3128`,
        TF_VAR_proxy_password: MARKER,
        TF_VAR_npm_token: MARKER,
        CODER_SESSION_TOKEN: MARKER,
      },
    },
  );
  return filesIn(join(cwd, "cdktf.out"));
}

describe.each([
  ["maximal-template", "maximal"],
  ["maximal-kubernetes-template", "maximal-kubernetes"],
])("what a synthesis of %s writes", (program, stack) => {
  let one: Record<string, string>;
  let two: Record<string, string>;

  beforeAll(async () => {
    [one, two] = await Promise.all([synthesizedIn("one", program), synthesizedIn("two", program)]);
  }, 60_000);

  test("is the same at each time and place, to the byte", () => {
    expect(Object.keys(one)).toEqual(
      expect.arrayContaining(["manifest.json", `metadata/${stack}.json`, `stacks/${stack}/main.tf`]),
    );
    expect(two).toEqual(one);
  });

  test.each([
    ["the project's folder", root],
    ["the output's folder", "cdktf-coder-envbuilder-"],
    ["the user's home", `${homedir()}/`],
    ["the user", `/${userInfo().username}/`],
    ["a path of a module", "node_modules"],
    ["a stack trace", ".ts:"],
    ["a secret", MARKER],
  ])("says nothing of %s", (_, text) => {
    const telling = Object.entries(one).filter(([, content]) => content.includes(text));

    expect(telling.map(([file]) => file)).toEqual([]);
  });
});
