const { default: Sequencer } = require("@jest/test-sequencer");

/** Long tests, longest first. */
const LONG = ["/terraform/faults/kills", "/terraform/rates", "/terraform/matrix/", "/terraform/faults/", "/terraform/"];

/**
 * Jest takes the largest files first until it knows how long tests take, and leaves the longest for the end, when one worker
 * waits for the other.
 */
module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const rank = ({ path }) => {
      const index = LONG.findIndex((folder) => path.includes(folder));
      return index === -1 ? LONG.length : index;
    };
    return super.sort(tests).sort((one, other) => rank(one) - rank(other));
  }
};
