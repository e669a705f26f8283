import * as fc from "fast-check";

/** Text that is hard on templates, quoting and encodings. */
export const hostileText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "${",
        "%{",
        "$${",
        "%%{",
        "$",
        "%",
        "{",
        "}",
        '"',
        "\\",
        "\n",
        "\r\n",
        "\t",
        "~}",
        "${~",
        "${a.b}",
      ),
      fc.constantFrom("%{if true}", "%{ endif }", "#set($x = 1)", "$input.json('$')", "${stageVariables.x}", "\u2028"),
      fc.string({ unit: "grapheme", maxLength: 6 }),
      // Terraform normalises to NFC, and JSON cannot hold a lone surrogate: both are covered by `grapheme` staying whole.
      fc.constantFrom("é", "漢字", "😀", "\u0000", "\u001b"),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(""));
