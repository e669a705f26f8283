/** Where the stacks of these tests are deployed. */
export const PLACE = {
  region: "eu-west-1",
  accountId: "111111111111",
  assumeRoleArn: "arn:aws:iam::111111111111:role/deploy",
};
