import { ValidationError, shown } from "../errors";
import { hasReference } from "./text";

/** RFC 1123: what most names of objects and, without the dots, all names of volumes, containers and namespaces are. */
const LABEL = "[a-z0-9](?:[-a-z0-9]*[a-z0-9])?";
const SUBDOMAIN = `${LABEL}(?:\\.${LABEL})*`;

/**
 * @throws when Kubernetes takes no object of the name
 * @internal
 */
export function checkObjectName(at: string, name: string): void {
  check(at, name, SUBDOMAIN, 253, "kubernetes-name-malformed", "lower-case letters, digits, - and . between them");
}

/**
 * @throws when Kubernetes takes no namespace, container or volume of the name
 * @internal
 */
export function checkLabelName(at: string, name: string): void {
  check(at, name, LABEL, 63, "kubernetes-name-malformed", "lower-case letters, digits and - between them");
}

/**
 * @throws when no ConfigMap or Secret can have such an entry
 * @internal
 */
export function checkObjectKey(at: string, key: string): void {
  check(at, key, "(?!\\.\\.)(?!\\.$)[-._a-zA-Z0-9]+", 253, "kubernetes-key-malformed", "letters, digits, -, _ and .");
}

/**
 * @throws when Kubernetes takes no label or annotation of the name
 * @internal
 */
export function checkQualifiedName(at: string, name: string): void {
  const slash = name.indexOf("/");
  if (!hasReference(name) && slash >= 0) {
    check(`${at} prefix`, name.slice(0, slash), SUBDOMAIN, 253, "kubernetes-key-malformed", "a domain's letters");
  }
  const rule = "letters and digits, with -, _ and . between them, perhaps below a domain as in example.com/team";
  const own = hasReference(name) ? name : name.slice(slash + 1);
  check(at, own, "[a-zA-Z0-9](?:[-._a-zA-Z0-9]*[a-zA-Z0-9])?", 63, "kubernetes-key-malformed", rule);
}

/**
 * @throws when Kubernetes takes no label of the value
 * @internal
 */
export function checkLabelValue(at: string, value: string): void {
  const rule = "letters and digits, with -, _ and . between them, or nothing";
  check(at, value, "(?:[a-zA-Z0-9](?:[-._a-zA-Z0-9]*[a-zA-Z0-9])?)?", 63, "label-value-malformed", rule);
}

function check(at: string, value: string, pattern: string, longest: number, id: string, rule: string): void {
  if (hasReference(value) || (value.length <= longest && new RegExp(`^${pattern}$`).test(value))) return;
  throw new ValidationError(
    id,
    `${at} ${shown(value)} must be of up to ${longest} characters, ${rule}, because Kubernetes refuses others; rename it`,
  );
}
