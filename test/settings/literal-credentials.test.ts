import { checkLiteralCredentials } from "../../constructs/settings/literal-credentials";
import { refusal, verdict } from "../refusal";

const check = (value: string): void => checkLiteralCredentials("environment.URL", value);

test.each([
  "postgres://app:hunter2@db.test/app",
  "HTTP://app:hunter2@proxy.test:3128",
  "redis://:hunter2@cache.test",
  "https://a.test,https://b:hunter2@c.test",
  "https://${var.user}:hunter2@a.test",
  "https://a:hunter2${var.end}@a.test",
  "https://$$$${NAME}:$hunter2!@a.test",
])("fails with secret-in-template on %j, which it does not show", (value) => {
  expect(refusal(() => check(value))).toBe(
    "environment.URL holds a URL with a password, which would stand in the synthesized template; give the whole value as secretEnvironment, from a sensitive variable [secret-in-template]",
  );
});

test.each([
  "",
  "user:hunter2@a.test",
  "https://a.test:8443/path@2",
  "https://a.test:8443?user=a@b",
  "https://bob@a.test",
  "ssh://git@a.test:22/app",
  "https://bob:${var.password}@a.test",
  "https://bob:$TOKEN@a.test",
  "https://bob:$${TOKEN}@a.test",
  "${var.url}",
])("takes %j", (value) => {
  expect(verdict(() => check(value))).toBeUndefined();
});
