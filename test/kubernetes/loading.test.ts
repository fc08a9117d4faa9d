import { execFileSync } from "node:child_process";
import { dirname, join } from "node:path";

const root = dirname(dirname(__dirname));

/** The packages of bindings that a program loads which requires one door. */
function loadedBy(door: string): string[] {
  const program = `
    require(${JSON.stringify(join(root, "constructs", door))});
    console.log(JSON.stringify(Object.keys(require.cache)));
  `;
  const options = { cwd: root, encoding: "utf8" } as const;
  const output = execFileSync(process.execPath, ["--require", require.resolve("tsx/cjs"), "-e", program], options);
  const files: string[] = JSON.parse(output);
  const names = files.map((file) => /@cdktf[\\/](provider-[a-z]+)/.exec(file)?.[1]);
  return [...new Set(names.filter((name) => name !== undefined))];
}

test.each([
  ["index.ts", []],
  ["docker/index.ts", ["provider-docker"]],
  ["kubernetes/index.ts", ["provider-kubernetes"]],
])(
  "%s loads the bindings of its own target alone",
  (door, expected) => {
    expect(loadedBy(door)).toEqual(expected);
  },
  30_000,
);
