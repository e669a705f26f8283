// The command, run from a source checkout: tsx is there only until one program is made of the TypeScript, because it slows all
// that is loaded after it.
const { register } = require("tsx/cjs/api");

const unregister = register();
const { compiledProgram } = require("../local/compiled-program.ts");
unregister();

process.setSourceMapsEnabled(true);
require(compiledProgram("cli/headgate"));
