import type { Construct } from "constructs";
import { codeBlock } from "../coder/output/markdown";
import { describeInReadme } from "../coder/output/readme-section";
import { BuildHelp, type BuildHelpProps } from "../envbuilder/build-help";
import { Distribution } from "../envbuilder/distribution";

/** Whose lines a template shows: those of most images. */
const SHOWN: readonly (readonly [distribution: Distribution, name: string])[] = [
  [Distribution.DEBIAN, "Debian, Ubuntu or Alpine"],
  [Distribution.FEDORA, "Fedora, Red Hat Enterprise Linux or Amazon Linux"],
];

/** Says in a template's README.md what repositories need whose builds go to the network, where that is anything. */
export function describeBuildHelp(construct: Construct, settings: BuildHelpProps): void {
  const help = BuildHelp.of(settings);
  if (!help.isNeeded) return;
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
  const body = [
    "Steps of a Dockerfile and features of a dev container see nothing of the container's environment, and so neither proxy nor certificates, unless the repository hands them on.",
    ...(devcontainer === undefined ? [] : ["`devcontainer.json`:", codeBlock("json", devcontainer)]),
    ...dockerfiles,
    ...help.notes,
  ];
  describeInReadme(construct, { title: "In the repository", body: body.join("\n\n") });
}
