import { ValidationError, shown } from "../errors";
import { hasReference } from "./text";

/** What Kubernetes takes for a name of one kind. */
interface NameRule {
  readonly id: string;
  readonly pattern: string;
  readonly longest: number;
  readonly words: string;
}

// RFC 1123.
const LABEL = "[a-z0-9](?:[-a-z0-9]*[a-z0-9])?";
const SUBDOMAIN = `${LABEL}(?:\\.${LABEL})*`;
const QUALIFIED = "[a-zA-Z0-9](?:[-._a-zA-Z0-9]*[a-zA-Z0-9])?";

const OBJECT: NameRule = {
  id: "kubernetes-name-malformed",
  pattern: SUBDOMAIN,
  longest: 253,
  words: "lower-case letters, digits, - and . between them",
};
const NAMESPACE: NameRule = {
  ...OBJECT,
  pattern: LABEL,
  longest: 63,
  words: "lower-case letters, digits and - between them",
};
const ENTRY: NameRule = {
  id: "kubernetes-key-malformed",
  pattern: "(?!\\.\\.)(?!\\.$)[-._a-zA-Z0-9]+",
  longest: 253,
  words: "letters, digits, -, _ and .",
};
const KEY: NameRule = {
  ...ENTRY,
  pattern: QUALIFIED,
  longest: 63,
  words: "letters and digits, with -, _ and . between them, perhaps below a domain as in example.com/team",
};
const KEY_DOMAIN: NameRule = { ...KEY, pattern: SUBDOMAIN, longest: 253, words: OBJECT.words };
const VALUE: NameRule = {
  id: "label-value-malformed",
  pattern: `(?:${QUALIFIED})?`,
  longest: 63,
  words: "letters and digits, with -, _ and . between them, or nothing",
};

/**
 * @throws when Kubernetes takes no object of the name
 * @internal
 */
export function checkObjectName(at: string, name: string): void {
  check(at, name, OBJECT);
}

/**
 * @throws when Kubernetes takes no namespace, container or volume of the name
 * @internal
 */
export function checkLabelName(at: string, name: string): void {
  check(at, name, NAMESPACE);
}

/**
 * @throws when no ConfigMap or Secret can have such an entry
 * @internal
 */
export function checkObjectKey(at: string, key: string): void {
  check(at, key, ENTRY);
}

/**
 * @throws when Kubernetes takes no label or annotation of the name
 * @internal
 */
export function checkQualifiedName(at: string, name: string): void {
  if (hasReference(name)) return;
  const slash = name.indexOf("/");
  if (slash >= 0) check(`${at} prefix`, name.slice(0, slash), KEY_DOMAIN);
  check(at, name.slice(slash + 1), KEY);
}

/**
 * @throws when Kubernetes takes no label of the value
 * @internal
 */
export function checkLabelValue(at: string, value: string): void {
  check(at, value, VALUE);
}

function check(at: string, value: string, { id, pattern, longest, words }: NameRule): void {
  if (hasReference(value) || (value.length <= longest && new RegExp(`^${pattern}$`).test(value))) return;
  throw new ValidationError(
    id,
    `${at} ${shown(value)} must be of up to ${longest} characters, ${words}, because Kubernetes refuses others; rename it`,
  );
}
