import { describeMatrix } from "./describe-matrix";

describeMatrix("openapi");
