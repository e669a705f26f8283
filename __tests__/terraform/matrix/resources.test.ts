import { describeMatrix } from "./describe-matrix";

describeMatrix("resources");
