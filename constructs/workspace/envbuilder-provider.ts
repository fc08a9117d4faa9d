import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { CoderTemplate } from "../coder/template";
import { EnvbuilderProvider } from "../providers/envbuilder/provider";
import { unaliasedProviders } from "./template-provider";

/** Gives a template the provider of Envbuilder, unless it has one. Other stacks bring their own. */
export function provideEnvbuilder(scope: Construct): void {
  const stack = TerraformStack.of(scope);
  if (!CoderTemplate.isCoderTemplate(stack) || unaliasedProviders(stack, "envbuilder").length > 0) return;
  new EnvbuilderProvider(stack, "provider:envbuilder");
}
