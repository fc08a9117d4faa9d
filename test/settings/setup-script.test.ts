import { SetupScript } from "../../constructs/settings/setup-script";
import { refusal, refusedBy, verdict } from "../refusal";

describe("SetupScript", () => {
  test("is needed or not, as the author says", () => {
    expect(SetupScript.required("true").isRequired).toBe(true);
    expect(SetupScript.bestEffort("true").isRequired).toBe(false);
  });

  test("ends with one line break, and has no carriage returns, which shells take for a part of a word", () => {
    expect(SetupScript.required("a\r\nb").text).toBe("a\nb\n");
    expect(SetupScript.required("a\n\n").text).toBe("a\n");
  });

  test.each([
    ["echo hi", "/bin/sh"],
    ["#!/bin/bash\necho hi", "/bin/bash"],
    ["#! /bin/bash -e\necho hi", "/bin/bash -e"],
    ["#!/usr/bin/env python3\nprint()", "/usr/bin/env python3"],
    ["# no interpreter\nls", "/bin/sh"],
  ])("runs %j in %s", (script, interpreter) => {
    expect(SetupScript.required(script).interpreter).toBe(interpreter);
  });

  test.each(["#!bash", "#!/bin/bash -e -u", "#!", "#!/bin/sh; reboot", "#!/bin/sh $(reboot)"])(
    "fails with setup-script-interpreter on %j",
    (line) => {
      expect(refusedBy(() => SetupScript.required(`${line}\nls`))).toBe("setup-script-interpreter");
    },
  );

  test.each(["", " \n\t"])("fails with setup-script-empty on %j", (script) => {
    expect(refusedBy(() => SetupScript.bestEffort(script))).toBe("setup-script-empty");
  });

  test("leaves ${…} to the shell, and fails with setup-script-with-reference on a token", () => {
    expect(verdict(() => SetupScript.required('echo "${HOME:-none}" "%{http_code}"'))).toBeUndefined();
    expect(refusal(() => SetupScript.required("echo ${TfToken[TOKEN.12]}"))).toMatch(
      /secretEnvironment.*\[setup-script-with-reference\]$/,
    );
  });

  test("fails with secret-in-template on a URL with a password, and does not show it", () => {
    const message = refusal(() => SetupScript.required("curl https://bob:hunter2@host/x"));

    expect(message).toContain("[secret-in-template]");
    expect(message).not.toContain("hunter2");
  });
});
