import {
  checkLabelName,
  checkLabelValue,
  checkObjectKey,
  checkObjectName,
  checkQualifiedName,
} from "../../constructs/settings/kubernetes-name";
import { refusal, refusedBy } from "../refusal";

test.each([
  ["an object", checkObjectName, ["a", "corporate-ca", "a.b-1.c", "0", "x".repeat(253), "${var.name}"]],
  ["a container", checkLabelName, ["a", "build-1", "x".repeat(63), "a-${var.name}"]],
  ["an entry", checkObjectKey, ["ca.crt", ".dockerconfigjson", "A_b-1", "${var.key}"]],
  ["a label", checkQualifiedName, ["team", "example.com/Team_1.x", "a".repeat(63), "${var.a}/x", "a/${var.b}"]],
  ["the value of a label", checkLabelValue, ["", "a", "A.b_c-1", "${var.value}", "x".repeat(63)]],
] as const)("takes what Kubernetes takes as the name of %s", (_, check, names) => {
  for (const name of names) expect(() => check("it", name)).not.toThrow();
});

test.each([
  [
    "an object",
    checkObjectName,
    ["", "A", "-a", "a-", "a..b", "a_b", "a/b", "x".repeat(254)],
    "kubernetes-name-malformed",
  ],
  ["a container", checkLabelName, ["", "a.b", "A", "x".repeat(64)], "kubernetes-name-malformed"],
  ["an entry", checkObjectKey, ["", ".", "..", "..a", "a/b", "a b"], "kubernetes-key-malformed"],
  ["a label", checkQualifiedName, ["", "a/", "/a", "A/b", "a/b/c", "-a", "x".repeat(64)], "kubernetes-key-malformed"],
  ["the value of a label", checkLabelValue, ["-", "a b", "a/b", "é", "x".repeat(64)], "label-value-malformed"],
] as const)("fails on what Kubernetes refuses as the name of %s", (_, check, names, id) => {
  for (const name of names) expect(refusedBy(() => check("it", name))).toBe(id);
});

test("fails with the place, the value and the rule", () => {
  expect(refusal(() => checkObjectName("ca ConfigMap", "Corporate_CA"))).toBe(
    'ca ConfigMap "Corporate_CA" must be of up to 253 characters, lower-case letters, digits, - and . between them, because Kubernetes refuses others; rename it [kubernetes-name-malformed]',
  );
});
