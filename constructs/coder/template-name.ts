import { ValidationError, shown } from "../errors";

/**
 * Checks the name of a template against what Coder takes.
 *
 * @throws when Coder would refuse the push
 * @internal
 */
export function checkTemplateName(name: string): void {
  const refuse = (rule: string, remedy: string): never => {
    throw new ValidationError("template-name", `template name ${shown(name)} ${rule}; ${remedy}`);
  };
  if (name.length > 32) refuse(`has ${name.length} characters`, "Coder takes at most 32: shorten it");
  if (!/^[a-zA-Z0-9]+(?:-[a-zA-Z0-9]+)*$/.test(name)) {
    refuse("must consist of letters, digits and single hyphens between them", 'write it as "docker-behind-proxy"');
  }
  if (["new", "create"].includes(name)) refuse("is a word of Coder's own", "choose another");
}
