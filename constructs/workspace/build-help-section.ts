import type { Construct } from "constructs";
import { codeBlock } from "../coder/output/markdown";
import { describeInReadme } from "../coder/output/readme-section";
import { BuildHelp, type BuildHelpProps } from "../envbuilder/build-help";
import { Distribution } from "../envbuilder/distribution";
import type { EnvbuilderSettings } from "../envbuilder/envbuilder-settings";

/** Whose lines a template shows: those of most images. */
const SHOWN: readonly (readonly [distribution: Distribution, name: string])[] = [
  [Distribution.DEBIAN, "Debian, Ubuntu or Alpine"],
  [Distribution.FEDORA, "Fedora, Red Hat Enterprise Linux or Amazon Linux"],
];

/** Says in a template's README.md what repositories need whose builds go to the network, where that is anything. */
export function describeBuildHelp(
  construct: Construct,
  settings: BuildHelpProps & Pick<EnvbuilderSettings, "buildSecrets">,
): void {
  const body = [...networkHelp(BuildHelp.of(settings)), ...secretHelp(Object.keys(settings.buildSecrets ?? {}))];
  if (body.length > 0) describeInReadme(construct, { title: "In the repository", body: body.join("\n\n") });
}

function networkHelp(help: BuildHelp): string[] {
  if (!help.isNeeded) return [];
  const devcontainer = help.devcontainer();
  const dockerfiles = SHOWN.flatMap(([distribution, name]) => {
    const lines = help.dockerfile(distribution);
    return lines === undefined
      ? []
      : [
          `The Dockerfile, below each \`FROM\` whose steps go to the network and before any \`USER\`, on ${name}:`,
          codeBlock("dockerfile", lines),
        ];
  });
  return [
    "Steps of a Dockerfile and features of a dev container see nothing of the container's environment, and so neither proxy nor certificates, unless the repository hands them on.",
    ...(devcontainer === undefined ? [] : ["`devcontainer.json`:", codeBlock("json", devcontainer)]),
    ...dockerfiles,
    ...help.notes,
  ];
}

/** The steps that ask for a secret, by its name: its value is in the template's variables. */
function secretHelp(names: readonly string[]): string[] {
  if (names.length === 0) return [];
  const [first = ""] = names;
  return [
    "This template has secrets for the steps of a Dockerfile. A step has those that it asks for, each in the file `/run/secrets/` and its name:",
    codeBlock("dockerfile", names.map((name) => `RUN --mount=type=secret,id=${name} …`).join("\n")),
    `With \`env=\`, as in \`--mount=type=secret,id=${first},env=VARIABLE\`, it is a variable of the step instead. With \`required=true\` the build fails where there is none. Secrets are in no layer, unless a step writes them there, and not part of what cached layers are found by.`,
  ];
}
