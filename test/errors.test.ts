import { Errors, ValidationError, shown, shownUrl } from "../constructs/errors";

describe("ValidationError", () => {
  test("ends with its id", () => {
    const error = new ValidationError("some-id", "prop must be right; mend it");

    expect(error.message).toBe("prop must be right; mend it [some-id]");
    expect(error.id).toBe("some-id");
    expect(error.name).toBe("ValidationError");
  });
});

describe("Errors", () => {
  test("knows the errors of another copy of the package", () => {
    let Copy: typeof ValidationError | undefined;
    jest.isolateModules(() => {
      Copy = jest.requireActual<{ ValidationError: typeof ValidationError }>("../constructs/errors").ValidationError;
    });
    const error = Copy && new Copy("some-id", "text");

    expect(error).not.toBeInstanceOf(ValidationError);
    expect(Errors.isValidationError(error)).toBe(true);
  });

  test.each([new Error("other"), { id: "some-id" }, "text", undefined, null])("knows that %s is another's", (error) => {
    expect(Errors.isValidationError(error)).toBe(false);
  });
});

describe("shown", () => {
  test.each([
    ["text", '"text"'],
    ['a "quote"\n', '"a \\"quote\\"\\n"'],
    ["", '""'],
    [7, "7"],
    [undefined, "undefined"],
    ["x".repeat(118), `"${"x".repeat(118)}"`],
    ["x".repeat(119), `"${"x".repeat(116)}…`],
  ])("writes %j", (value, text) => {
    expect(shown(value)).toBe(text);
  });
});

describe("shownUrl", () => {
  test.each([
    ["http://proxy.test:3128", '"http://proxy.test:3128"'],
    ["http://bob:hunter2@proxy.test", '"http://…@proxy.test"'],
    ["http://bob:hun/ter2@proxy.test", '"http://…@proxy.test"'],
    ["http://bob:hun@ter2@proxy.test", '"http://…@proxy.test"'],
    ["http://bob:hunter2%40proxy.test", '"http://…@proxy.test"'],
    ["bob:hunter2@proxy.test", '"…@proxy.test"'],
    ["http:/bob:hunter2@proxy.test", '"…@proxy.test"'],
    ["http://bob:hunter2\n@proxy.test", '"http://…@proxy.test"'],
    ["git@git.test:team/app.git", '"…@git.test:team/app.git"'],
  ])("leaves out what may be a user or a password: %j", (url, text) => {
    expect(shownUrl(url)).toBe(text);
  });
});
