import type { Step } from "../exchange";
import { NotEmulated, notEmulatedHeader } from "../refusals/not-emulated";

/**
 * Answers 501 where the gateway would have to guess, and marks answers that lack an effect. Both are local: AWS knows
 * neither.
 */
export const refuseNotEmulated: Step = {
  name: "refuse what is not emulated",
  request({ route }) {
    const [obstacle] = route.obstacles;
    if (obstacle) throw new NotEmulated(obstacle.attribute, obstacle.reason);
    return undefined;
  },
  response({ route }, answer) {
    if (route.withoutEffect.length === 0) return answer;
    return {
      ...answer,
      headers: [...answer.headers, notEmulatedHeader(route.withoutEffect.map(({ attribute }) => attribute))],
    };
  },
};
