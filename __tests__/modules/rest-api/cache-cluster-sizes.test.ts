import { CACHE_CLUSTER_SIZES } from "../../../definition/stage";
import type { StageOptions } from "../../../modules";

type Same<Left, Right> = [Left] extends [Right] ? ([Right] extends [Left] ? true : false) : false;

/** Does not compile when a stage takes another size, or not all of them. */
const onlySizesOfAws: Same<StageOptions["cacheClusterSize"], (typeof CACHE_CLUSTER_SIZES)[number] | undefined> = true;

/** Source: https://docs.aws.amazon.com/apigateway/latest/api/API_CreateStage.html */
it("limits the size of a cache to those that AWS has, in GB", () => {
  expect(onlySizesOfAws).toBe(true);
  expect(CACHE_CLUSTER_SIZES).toEqual(["0.5", "1.6", "6.1", "13.5", "28.4", "58.2", "118", "237"]);
});
