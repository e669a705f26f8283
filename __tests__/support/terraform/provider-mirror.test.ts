import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cliConfiguration, findProvider } from "./provider-mirror";

const LAYOUT = "registry.terraform.io/hashicorp/aws";

describe("findProvider", () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "headgate-mirror-"));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it.each([".", "plugins", "opt/plugins"])("finds a mirror in %s below the root", (folder) => {
    mkdirSync(join(root, folder, LAYOUT), { recursive: true });

    expect(findProvider({}, root)).toEqual({ kind: "mirror", folder: join(root, folder) });
  });

  it("finds nothing when the mirror is deeper, or holds no AWS provider", () => {
    mkdirSync(join(root, "a/b/c", LAYOUT), { recursive: true });
    mkdirSync(join(root, "d/registry.terraform.io/hashicorp/random"), { recursive: true });

    expect(findProvider({}, root)).toBeUndefined();
  });

  it("prefers the mirror that HEADGATE_PROVIDER_MIRROR names", () => {
    mkdirSync(join(root, "plugins", LAYOUT), { recursive: true });

    expect(findProvider({ HEADGATE_PROVIDER_MIRROR: "/named" }, root)).toEqual({ kind: "mirror", folder: "/named" });
  });

  it("uses TF_CLI_CONFIG_FILE when the file exists, and ignores it when not", () => {
    const file = join(root, "terraform.rc");

    const without = findProvider({ TF_CLI_CONFIG_FILE: file }, root);
    writeFileSync(file, cliConfiguration("/mirror"));
    const withFile = findProvider({ TF_CLI_CONFIG_FILE: file }, root);

    expect(without).toBeUndefined();
    expect(withFile).toEqual({ kind: "cliConfig", file });
  });
});
