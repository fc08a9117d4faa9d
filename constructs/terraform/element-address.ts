import { TerraformDataSource, type TerraformElement } from "cdktf";

const KINDS: Readonly<Record<string, string>> = {
  TerraformVariable: "var",
  TerraformLocal: "local",
  TerraformOutput: "output",
  TerraformModule: "module",
};

const kindsOfClasses = new Map<unknown, string>();

/** What stands before the name in the address of an element, such as `data.coder_workspace`, `var` or `docker_volume`. */
export function kindOf(element: TerraformElement): string {
  if ("terraformResourceType" in element) {
    return `${TerraformDataSource.isTerraformDataSource(element) ? "data." : ""}${String(element.terraformResourceType)}`;
  }
  const known = kindsOfClasses.get(element.constructor);
  if (known !== undefined) return known;
  const names = classNames(element);
  const kind = names.map((name) => KINDS[name]).find((one) => one !== undefined) ?? names[0] ?? "";
  kindsOfClasses.set(element.constructor, kind);
  return kind;
}

/** The classes of an object by name, its own first: of whichever copy of the framework they are. */
function classNames(object: object): string[] {
  const prototype: unknown = Object.getPrototypeOf(object);
  return typeof prototype === "object" && prototype !== null
    ? [prototype.constructor.name, ...classNames(prototype)]
    : [];
}

/** An element as expressions name it. From here on its name in Terraform stays what it is. */
export function addressOfElement(element: TerraformElement): string {
  return `${kindOf(element)}.${element.friendlyUniqueId}`;
}
