import { TerraformElement, TerraformProvider, type TerraformStack } from "cdktf";

/** The providers of a kind that resources use which name none. */
export function unaliasedProviders(stack: TerraformStack, kind: string): TerraformProvider[] {
  return stack.node
    .findAll()
    .filter((construct): construct is TerraformProvider => TerraformProvider.isTerraformProvider(construct))
    .filter((provider) => provider.terraformResourceType === kind && provider.alias === undefined);
}

/** The author's own variable of a name. */
export function declaredVariable(stack: TerraformStack, name: string): TerraformElement | undefined {
  const found = stack.node.tryFindChild(`variable:${name}`) ?? stack.node.tryFindChild(name);
  // Of all elements variables alone have it.
  return TerraformElement.isTerraformElement(found) && "nullable" in found ? found : undefined;
}
