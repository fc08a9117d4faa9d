import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

// npm run check:api compares the built package with the reports in etc/; this is what a look at the sources can tell.
const root = dirname(__dirname);

interface Door {
  readonly file: string;
  readonly report: string;
}

const doors: readonly Door[] = [
  { file: "constructs/index.ts", report: "etc/cdktf-coder-envbuilder.api.md" },
  ...["docker", "kubernetes"]
    .filter((target) => existsSync(join(root, "constructs", target, "index.ts")))
    .map((target) => ({
      file: `constructs/${target}/index.ts`,
      report: `etc/cdktf-coder-envbuilder-${target}.api.md`,
    })),
];

interface Declaration {
  readonly name: string;
  readonly kind: string;
  readonly heading: string;
  readonly comment: string;
  readonly body: string;
}

interface Member {
  readonly of: string;
  readonly name: string;
  readonly optional: boolean;
  readonly line: string;
  readonly comment: string;
  readonly body: string;
}

function read(file: string): string {
  return readFileSync(join(root, file), "utf8");
}

/** Names that a door exports, with the file that has them. */
function exportsOf({ file }: Door): [name: string, file: string][] {
  return [...read(file).matchAll(/export (?:type )?\{([^}]*)\} from "(.*)"/g)].flatMap(([, names = "", from = ""]) =>
    names
      .split(",")
      .map((name) => name.trim().replace(/^type /, ""))
      .filter((name) => name !== "")
      .map((name): [string, string] => [name, `${join(dirname(file), from)}.ts`]),
  );
}

// The sources are as prettier leaves them: a declaration begins at the margin, a member two blanks inside.
const COMMENT = String.raw`(?:\/\*\*((?:[^*]|\*(?!\/))*)\*\/\n)?`;

function declarationOf(name: string, file: string): Declaration {
  const pattern = new RegExp(
    `^${COMMENT}(export (?:abstract )?(class|interface|enum|const|type|function) ${name}\\b[^\\n]*)\\n([^]*?)^(?=[^\\s)])`,
    "m",
  );
  const [, comment = "", heading = "", kind = "", body = ""] = pattern.exec(`${read(file)}\n;`) ?? [];
  return { name, kind, heading, comment, body };
}

function membersOf({ name, body }: Declaration): Member[] {
  const pattern = new RegExp(
    `^ {2}${COMMENT.replace("\\n", "\\n {2}")}((?!//|\\}|\\)|private |protected )((?:public |static |override |readonly |get )*)(\\w+)(\\?)?[^\\n]*)\\n((?: {3}[^\\n]*\\n|\\n)*)`,
    "gm",
  );
  return [...body.matchAll(pattern)].map(([, comment = "", line = "", , member = "", optional, rest = ""]) => ({
    of: name,
    name: member,
    optional: optional !== undefined,
    line,
    comment,
    body: rest,
  }));
}

const declarations = doors.flatMap((door) => exportsOf(door).map(([name, file]) => declarationOf(name, file)));
const members = declarations
  .filter(({ kind }) => ["class", "interface", "enum"].includes(kind))
  .flatMap(membersOf)
  .filter(({ comment }) => !comment.includes("@internal"));

function named(of: string, name: string): string {
  return `${of}.${name}`;
}

test("the sources are read as they are written", () => {
  const names = members.map((member) => named(member.of, member.name));

  expect(declarations.map(({ name, kind }) => `${kind} ${name}`)).toEqual(
    expect.arrayContaining([
      "class CoderTemplate",
      "interface DockerWorkspaceProps",
      "enum CaDelivery",
      "const STANDARD_METADATA",
    ]),
  );
  expect(names).toEqual(
    expect.arrayContaining([
      "CoderTemplate.variable",
      "CoderTemplate.constructor",
      "EnvbuilderSettings.repository",
      "BuilderSettings.verbose",
      "DockerContainerOptions.labels",
      "CaDelivery.GIT_ONLY",
      "CoderData.workspace",
      "WorkspaceAgent.addApp",
      "Size.gibibytes",
    ]),
  );
  expect(names).not.toContain("CoderTemplate.props");
  expect(names).not.toContain("Proxy.noProxy");
  expect(members.find(({ of, name }) => of === "DockerMount" && name === "bind")?.body).toContain("throw new");
});

test("every export is declared where it is exported from, and documented", () => {
  expect(declarations.filter(({ kind, comment }) => kind === "" || comment.trim() === "")).toEqual([]);
});

test("every member is documented", () => {
  const silent = members.filter(
    ({ name, comment }) => name !== "constructor" && !/\w/.test(comment.replace(/@\w+[^]*/, "")),
  );

  expect(silent.map(({ of, name }) => named(of, name))).toEqual([]);
});

test("every optional member says what holds without it", () => {
  const silent = members.filter(({ optional, comment }) => optional && !/@default \S/.test(comment));

  expect(silent.map(({ of, name }) => named(of, name))).toEqual([]);
});

test("no member that has to be given has a default", () => {
  const odd = members.filter(({ optional, comment }) => !optional && comment.includes("@default"));

  expect(odd.map(({ of, name }) => named(of, name))).toEqual([]);
});

test("whatever throws says when", () => {
  const silent = members.filter(
    ({ comment, body }) => /\bthrow |\brefuse\(|\bcheck[A-Z]\w*\(/.test(body) && !comment.includes("@throws"),
  );

  expect(silent.map(({ of, name }) => named(of, name))).toEqual([]);
});

test("types take nothing else for a value of ours", () => {
  // Without a member in the published types, every object and string would do.
  const open = declarations
    .filter(({ kind, heading }) => kind === "class" && !heading.includes(" extends "))
    .filter(({ name, body }) => {
      const own = members.filter((member) => member.of === name && !/^public static|constructor/.test(member.line));
      return own.length === 0 && !/^ {2,4}(?:private|protected) (?!constructor|static)/m.test(body);
    });

  // A namespace, of which there are no values.
  expect(open.map(({ name }) => name)).toEqual(["Errors"]);
});

test.each(doors)("the report of $file knows all that is exported", ({ file, report }) => {
  const text = read(report);
  const missing = exportsOf({ file, report }).filter(
    ([name]) => !new RegExp(`^export .*\\b${name}\\b`, "m").test(text),
  );

  expect(missing).toEqual([]);
});
