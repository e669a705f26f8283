/**
 * Tag that every resource of a stack carries, with the id of the stack. By it and its name, what a killed apply made and
 * wrote into no state can be told from what others made.
 */
export const OWNER_TAG = "headgate:stack";
