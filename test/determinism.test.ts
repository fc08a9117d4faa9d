import { execFile } from "node:child_process";
import { mkdirSync } from "node:fs";
import { homedir, userInfo } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { scratchFolder } from "./scratch";
import { filesIn } from "./util";

const root = dirname(__dirname);
const MARKER = "hunter2-from-the-environment";

/** What a process writes that synthesizes the template with everything in a folder of its own. */
async function synthesizedIn(name: string): Promise<Record<string, string>> {
  const cwd = join(scratchFolder(), name);
  mkdirSync(cwd);
  await promisify(execFile)(
    process.execPath,
    ["--require", require.resolve("tsx/cjs"), join(__dirname, "maximal-template.ts")],
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

describe("what a synthesis writes", () => {
  let one: Record<string, string>;
  let two: Record<string, string>;

  beforeAll(async () => {
    [one, two] = await Promise.all([synthesizedIn("one"), synthesizedIn("two")]);
  }, 60_000);

  test("is the same at each time and place, to the byte", () => {
    expect(Object.keys(one)).toEqual(
      expect.arrayContaining(["manifest.json", "metadata/maximal.json", "stacks/maximal/main.tf"]),
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
