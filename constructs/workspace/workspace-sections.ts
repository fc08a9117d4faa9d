import type { Construct } from "constructs";
import { gitCredentialsSection } from "../coder/output/git-credentials-section";
import { imageCacheSection } from "../coder/output/image-cache-section";
import { describeInReadme, type ReadmeSection } from "../coder/output/readme-section";
import type { EnvbuilderSettings } from "../envbuilder/envbuilder-settings";
import { describeBuildHelp } from "./build-help-section";

/**
 * Says in a template's README.md what its people have to know of a workspace.
 *
 * @param network - who talks to whom, which differs by the target
 * @param puller - what pulls images there, at the beginning of a sentence
 */
export function describeWorkspace(
  scope: Construct,
  { gitCredentials, cache, registryAuth, ...settings }: EnvbuilderSettings,
  network: ReadmeSection,
  puller: string,
): void {
  describeInReadme(scope, network);
  if (gitCredentials) describeInReadme(scope, gitCredentialsSection(gitCredentials));
  describeBuildHelp(scope, settings);
  if (cache) describeInReadme(scope, imageCacheSection(cache, puller, registryAuth));
}
